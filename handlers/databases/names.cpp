#include "handlers/databases/names.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "handlers/databases/catalog.hpp"
#include "handlers/names.hpp"
#include "state/error.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::size_t longest_name = 255;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_alphanumeric(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

bool is_reserved(const std::string& engine, const std::string& word) {
  static std::map<std::string, std::set<std::string>> known;
  const auto [entry, is_new] = known.try_emplace(engine);
  if (is_new) entry->second = database_engine(engine).at("reservedWords");
  return entry->second.contains(word);
}

void require_master_name(const std::string& engine, const char* member, const std::string& name) {
  const json& rules = database_engine(engine);
  const std::size_t longest = rules.at(member).at("longest");
  const auto fits = [](char c) { return is_alphanumeric(c) || c == '_'; };
  if (name.empty() || name.size() > longest || !is_letter(name.front()) ||
      !std::all_of(name.begin(), name.end(), fits)) {
    throw invalid_input("The " + std::string(member) + " is not valid for " + engine + ": " + name +
                        ". It must have 1 to " + std::to_string(longest) +
                        " letters, digits or underscores and begin with a letter.");
  }
  const std::string word = lower(name);
  if (is_reserved(engine, word) || contains(rules.at(member).at("taken"), word)) {
    // RDS's message for MasterUsername.
    throw invalid_input("The " + std::string(member) + " " + name +
                        " cannot be used as it is a reserved word used by the engine");
  }
}

}  // namespace

void require_database_name(const std::string& name) {
  const auto fits = [](char c) { return is_alphanumeric(c) || c == '-'; };
  if (name.size() < 2 || name.size() > longest_name ||
      !std::all_of(name.begin(), name.end(), fits) || name.front() == '-' || name.back() == '-') {
    throw invalid_input(name +
                            " is not a valid database name. Names of databases and their snapshots "
                            "must have 2 to 255 alphanumerics or -, and begin and end with an "
                            "alphanumeric.",
                        invalid_name);
  }
}

void require_master_names(const std::string& engine, const json& input) {
  for (const char* member : {"masterDatabaseName", "masterUsername"}) {
    require_master_name(engine, member, input.at(member));
  }
}

}  // namespace papersail
