// Reads the credentials file.
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "server/api/auth.hpp"
#include "state/account.hpp"

namespace papersail {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::invalid_argument(what);
}

json parsed_file(const std::string& file) {
  std::ifstream in(file);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  if (!in) fail("cannot be read");
  json out = json::parse(text, nullptr, false);
  if (out.is_discarded()) fail("is not valid JSON");
  if (!out.is_object()) fail("is not a JSON object");
  if (out.empty()) fail("has no access keys");
  return out;
}

void require_id(const std::string& id) {
  constexpr std::string_view separators = "/,= \t";
  if (id.empty() || id.find_first_of(separators) != std::string::npos)
    fail("is not a valid access key ID");
}

void require_members(const json& entry) {
  static const std::set<std::string> known = {"secret", "account", "sessionToken", "expiration"};
  if (!entry.is_object()) fail("is not an object");
  for (const auto& [name, value] : entry.items()) {
    if (!known.contains(name)) fail("has an unknown member \"" + name + '"');
    if (!value.is_string() || value.get<std::string>().empty())
      fail("needs a non-empty string as " + name);
  }
  for (const char* name : {"secret", "account"}) {
    if (!entry.contains(name)) fail(std::string("has no ") + name);
  }
}

std::string account_in(const json& entry) {
  std::string out = entry.at("account");
  if (!is_account_id(out)) fail("needs an account of twelve digits");
  return out;
}

std::optional<Millis> expiration_in(const json& entry) {
  if (!entry.contains("expiration")) return std::nullopt;
  const std::string text = entry.at("expiration");
  try {
    if (text.ends_with('Z')) return Clock::parse(text).now();  // a text with "Z" is a fixed time
  } catch (const std::invalid_argument&) {
  }
  fail("has an invalid expiration (example: 2026-01-01T00:00:00Z)");
}

KnownKey known_key(const json& entry) {
  require_members(entry);
  return {entry.at("secret"), account_in(entry), entry.value("sessionToken", ""),
          expiration_in(entry)};
}

}  // namespace

KnownKeys read_credentials(const std::string& file) {
  std::string where = "credentials: " + file;
  try {
    KnownKeys out;
    const json whole = parsed_file(file);
    for (const auto& [id, entry] : whole.items()) {
      where = "credentials: " + file + ": \"" + id + '"';
      require_id(id);
      out.emplace(id, known_key(entry));
    }
    return out;
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(where + ' ' + error.what());
  }
}

}  // namespace papersail
