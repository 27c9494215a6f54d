// GetRelationalDatabaseMasterUserPassword.
#include "handlers/databases/passwords.hpp"

#include <algorithm>

#include "handlers/actions.hpp"
#include "handlers/databases/catalog.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/databases/events.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

constexpr std::size_t shortest = 8;
constexpr int generated = 32;  // length; recorded

// Printable ASCII without / " @ and space.
bool is_password_character(char c) {
  return c > ' ' && c <= '~' && c != '/' && c != '"' && c != '@';
}

std::string password_alphabet() {
  std::string out;
  for (char c = ' '; c <= '~'; ++c) {
    if (is_password_character(c)) out += c;
  }
  return out;
}

// internal["passwords"] has the versions under the API's names, each in the form of the API.
json version(const std::string& password, Millis now) {
  return {{"masterUserPassword", password}, {"createdAt", timestamp(now)}};
}

json get_relational_database_master_user_password(Call& call) {
  const Resource database = relational_database(call);
  const std::string wanted = call.in.value("passwordVersion", "CURRENT");
  const json& passwords = database.internal.at("passwords");
  if (!passwords.contains(wanted)) {
    throw not_found(wanted + " master user password", database.name);
  }
  return passwords.at(wanted);
}

constexpr Action actions[] = {
    {"GetRelationalDatabaseMasterUserPassword", get_relational_database_master_user_password},
};

}  // namespace

std::string new_password(Ids& ids) {
  static const std::string alphabet = password_alphabet();
  return ids.characters(alphabet, generated);
}

void require_password(const std::string& engine, const std::string& password) {
  const std::size_t longest = database_engine(engine).at("longestPassword");
  if (password.size() < shortest || password.size() > longest ||
      !std::all_of(password.begin(), password.end(), is_password_character)) {
    throw invalid_input("The masterUserPassword is not valid for " + engine + ". It must have " +
                        std::to_string(shortest) + " to " + std::to_string(longest) +
                        " printable ASCII characters other than /, \", @ and space.");
  }
}

void set_first_password(Resource& database, const std::string& password, Millis now) {
  database.internal["passwords"] = {{"CURRENT", version(password, now)}};
}

void change_password(Call& call, Resource& database, const std::string& password) {
  json& passwords = database.internal["passwords"];
  passwords["PENDING"] = version(password, call.now());
  database.doc["pendingModifiedValues"]["masterUserPassword"] = "****";  // RDS masks it this way
  const json doc_patch = {{"pendingModifiedValues", {{"masterUserPassword", nullptr}}}};
  const json internal_patch = {{"passwords",
                                {{"CURRENT", passwords["PENDING"]},
                                 {"PREVIOUS", passwords["CURRENT"]},
                                 {"PENDING", nullptr}}}};
  const Lifecycle& lifecycle = call.store.lifecycle();
  // The change must complete before the next update, which discards scheduled changes. So its delay
  // is at most the duration of "modifying", whatever the profile says.
  const Millis delay =
      std::min(lifecycle.delay("master-user-password"),
               lifecycle.final_outcome(database.type, database.name, "modifying").after);
  call.store.schedule().add_change(database, call.now() + delay, doc_patch, internal_patch);
  note(call, database, call.now() + delay, "password-reset");
}

std::string password_at(const Resource& database, Millis moment) {
  const json& passwords = database.internal.at("passwords");
  const json& current = passwords.at("CURRENT");
  const bool later = moment_of(current.at("createdAt")) > moment;
  const json& then = later && passwords.contains("PREVIOUS") ? passwords.at("PREVIOUS") : current;
  return then.at("masterUserPassword");
}

const std::span<const Action> relational_database_password_actions = actions;

}  // namespace papersail
