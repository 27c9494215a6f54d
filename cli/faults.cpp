// The command fault.
#include "cli/cli.hpp"
#include "text/encoding.hpp"

namespace papersail {
namespace {

ExitCode list(Invocation& invocation) {
  const json response = invocation.get(invocation.in_account("/faults"));
  const json& faults = response.at("faults");
  if (invocation.settings.as_json) {
    invocation.show(response);
  } else if (!faults.empty()) {
    invocation.show(faults);
  }
  return exit_ok;
}

double number_in(const Invocation& invocation, std::string_view argument) {
  const json number = json::parse(invocation.text(argument), nullptr, false);
  if (!number.is_number()) throw UsageError(std::string(argument) + " must be a number");
  return number;
}

// Returns an object with the members whose arguments are given.
json texts(const Invocation& invocation,
           std::initializer_list<std::pair<const char*, const char*>> members) {
  json out = json::object();
  for (const auto& [member, argument] : members) {
    if (invocation.has(argument)) out[member] = invocation.text(argument);
  }
  return out;
}

json rate_of(const Invocation& invocation) {
  json rate = {{"per_second", number_in(invocation, "--rate")}};
  if (invocation.has("--burst")) rate["burst"] = number_in(invocation, "--burst");
  return rate;
}

json milliseconds_in(const std::string& text) {
  json number = json::parse(text, nullptr, false);
  if (!number.is_number())
    throw UsageError("--latency must be a number of milliseconds or a range: 200, 100-500");
  return number;
}

// Parses "200" or "100-500".
json latency_of(const Invocation& invocation) {
  const std::string text = invocation.text("--latency");
  const std::size_t dash = std::min(text.find('-'), text.size());
  if (dash == text.size()) return milliseconds_in(text);
  return {milliseconds_in(text.substr(0, dash)), milliseconds_in(text.substr(dash + 1))};
}

// Builds the body of the request. The server validates it.
json fault_of(const Invocation& invocation) {
  json out = texts(invocation,
                   {{"action", "ACTION"}, {"resource", "--resource"}, {"region", "--in-region"}});
  for (const char* count : {"--after", "--times"}) {
    if (const auto number = invocation.number(count)) out[count + 2] = *number;
  }
  if (invocation.has("--probability")) out["probability"] = number_in(invocation, "--probability");
  if (invocation.has("--once-done")) out["phase"] = "after";
  if (invocation.has("--error")) {
    out["error"] =
        texts(invocation, {{"type", "--error"}, {"code", "--code"}, {"message", "--message"}});
  }
  if (invocation.has("--operation")) {
    out["operation"] =
        texts(invocation, {{"errorCode", "--operation"}, {"errorDetails", "--message"}});
  }
  if (invocation.has("--rate")) out["rate"] = rate_of(invocation);
  if (invocation.has("--latency")) out["latency_ms"] = latency_of(invocation);
  if (invocation.has("--reset")) out["reset"] = true;
  return out;
}

ExitCode add(Invocation& invocation) {
  const std::string body = fault_of(invocation).dump();
  invocation.show(invocation.ask("POST", invocation.in_account("/faults"), body));
  return exit_ok;
}

ExitCode remove(Invocation& invocation) {
  if (invocation.has("N") == invocation.has("--all")) {
    throw UsageError("fault remove needs a number or --all");
  }
  const std::string path = invocation.has("N") ? '/' + percent_encoded(invocation.text("N")) : "";
  invocation.ask("DELETE", invocation.in_account("/faults" + path));
  invocation.say(path.empty() ? "Removed all faults." : "Removed the fault.");
  return exit_ok;
}

constexpr const char* add_examples =
    R"(papersail fault add CreateInstances --error ThrottlingException --times 2
  papersail fault add 'Get*' --latency 100-500
  papersail fault add DeleteInstance --reset --once-done --after 3 --times 1
  papersail fault add CreateInstances --resource 'db-*' --operation InsufficientCapacity
  papersail fault add '*' --rate 5 --burst 10)";

constexpr Command commands[] = {
    {"fault", "Manage the faults of an account; without a subcommand, list them",
     "papersail fault add CreateInstances --error ThrottlingException --times 2", list},
    {"fault list", "List the faults of an account", "papersail fault list --json", list},
    {"fault add",
     "Make requests of an action fail, or delay their responses",
     add_examples,
     add,
     {{"ACTION", "Action or glob: CreateInstances, 'Get*'"},
      {"--error TYPE", "Effect: the request fails with this exception"},
      {"--code CODE", "With --error: code of the exception; that of its type by default"},
      {"--message TEXT", "With --error: message; with --operation: error details"},
      {"--operation CODE", "Effect: the operations of the accepted request fail with this code"},
      {"--latency MS", "Effect: the response is delayed by MS milliseconds: 200, 100-500"},
      {"--reset", "Effect: the connection is reset without a response"},
      {"--rate N", "Effect: requests beyond N a second get a ThrottlingException"},
      {"--burst N", "With --rate: requests that may come at once"},
      {"--once-done", "With --error or --reset: make and commit the change first"},
      {"--resource NAME", "Only requests that name this resource; a glob"},
      {"--in-region NAME", "Only requests in this region; a glob"},
      {"--after N", "Spare the first N matching requests"},
      {"--times N", "Then hit N requests; no limit by default"},
      {"--probability P", "Hit this share of the matching requests, from 0 to 1"}}},
    {"fault remove",
     "Remove a fault, or all faults",
     "papersail fault remove 1\n  papersail fault remove --all",
     remove,
     {{"[N]", "Number of the fault in the list"}, {"--all", "Remove all faults of the account"}}},
};

}  // namespace

const std::span<const Command> fault_commands = commands;

}  // namespace papersail
