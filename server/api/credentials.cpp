// Reads the credentials file.
#include <stdexcept>

#include "server/api/auth.hpp"
#include "state/account.hpp"
#include "text/files.hpp"
#include "text/strict_object.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::invalid_argument(what);
}

json parsed_file(const std::string& file) {
  const auto text = bytes_of_file(file);
  if (!text) fail("The file cannot be read.");
  json out = try_parse_json(*text);
  if (out.is_discarded()) fail("The file is not valid JSON.");
  if (!out.is_object()) fail("The file is not a JSON object.");
  if (out.empty()) fail("The file has no access keys.");
  return out;
}

void require_id(const std::string& id) {
  constexpr std::string_view separators = "/,= \t";
  if (id.empty() || id.find_first_of(separators) != std::string::npos)
    fail('"' + id + "\" is not a valid access key ID.");
}

std::optional<std::string> text_in(StrictObject& members, const char* name) {
  auto text = members.text(name);
  if (text == "") members.refuse(name, "a non-empty string");
  return text;
}

KnownKey known_key(const std::string& id, const json& entry) {
  StrictObject members(entry, id);
  members.require({"secret", "account"});
  KnownKey out{*text_in(members, "secret"), *members.text("account"),
               text_in(members, "sessionToken").value_or(""), std::nullopt};
  if (!is_account_id(out.account)) members.refuse("account", "twelve digits");
  if (const auto expiration = members.text("expiration")) {
    out.expiration = instant_of(*expiration);
    if (!out.expiration) members.refuse("expiration", "a time such as 2026-01-01T00:00:00Z");
  }
  members.finish();
  return out;
}

}  // namespace

KnownKeys read_credentials(const std::string& file) try {
  KnownKeys out;
  const json entries = parsed_file(file);
  for (const auto& [id, entry] : entries.items()) {
    require_id(id);
    out.emplace(id, known_key(id, entry));
  }
  return out;
} catch (const std::invalid_argument& error) {
  throw std::invalid_argument("credentials " + file + ": " + error.what());
}

}  // namespace papersail
