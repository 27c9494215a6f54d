#include "cli/completion_values.hpp"

#include "fixtures/fixtures.hpp"
#include "server/api/error.hpp"
#include "server/api/model.hpp"
#include "state/lifecycle.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

using Words = std::vector<std::string>;

constexpr const char* files = ":files";

Words regions() {
  Words out;
  const json catalogue = parse_json(fixture("regions.json").value());
  for (const json& region : catalogue.at("regions")) out.push_back(region.at("name"));
  return out;
}

Words top_commands() {
  Words out = {"serve"};
  for (const Command& command : all_commands()) {
    const std::string name = command.name;
    if (name.find(' ') == std::string::npos) out.push_back(name);
  }
  return out;
}

// Returns a member of each element of a list that the server returns.
Words members(const Settings& settings, const std::string& path, const char* list,
              const char* member) try {
  Client client(Endpoint(settings.endpoint), std::chrono::seconds(1));
  Headers headers;
  if (!settings.token.empty()) headers["Authorization"] = "Bearer " + settings.token;
  const json reply = parse_json(client.ask("GET", "/_papersail/" + path, "", headers).body);
  Words out;
  for (const json& element : reply.at(list)) {
    const json& value = element.at(member);
    out.push_back(value.is_string() ? value.get<std::string>() : printed(value));
  }
  return out;
} catch (const std::exception&) {  // no server, or not this one: completion prints no errors
  return {};
}

}  // namespace

Words values_of(ValueKind kind, const Settings& settings) {
  const std::string account = "accounts/" + settings.account;
  switch (kind) {
    case ValueKind::file:
    case ValueKind::folder:
      return {files};
    case ValueKind::account:
      return members(settings, "accounts", "accounts", "id");
    case ValueKind::action:
      return Model().actions();
    case ValueKind::checkpoint:
      return members(settings, account + "/checkpoints", "checkpoints", "name");
    case ValueKind::command:
      return top_commands();
    case ValueKind::error_type:
      return injectable_types();
    case ValueKind::fault:
      return members(settings, account + "/faults", "faults", "number");
    case ValueKind::format:
      return {"text", "json"};
    case ValueKind::level:
      return {"trace", "debug", "info", "warning", "error", "off"};
    case ValueKind::lifecycle: {
      Words out = Lifecycle::names();
      out.emplace_back(files);
      return out;
    }
    case ValueKind::mode:
      return {"off", "lenient", "strict"};
    case ValueKind::region:
      return regions();
    case ValueKind::shell:
      return {"bash", "zsh", "fish"};
    default:
      return {};
  }
}

}  // namespace papersail
