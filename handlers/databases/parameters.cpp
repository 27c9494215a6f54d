// GetRelationalDatabaseParameters, UpdateRelationalDatabaseParameters.
#include "handlers/databases/parameters.hpp"

#include <algorithm>

#include "handlers/actions.hpp"
#include "handlers/databases/databases.hpp"
#include "handlers/databases/events.hpp"
#include "handlers/databases/parameter_list.hpp"
#include "handlers/paging.hpp"
#include "handlers/refusals.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

constexpr std::size_t parameters_in_a_page = 100;  // as in RDS, which has the same lists

// internal["parameters"]: {name: {value, method, at}} of the changed parameters.
const json& changes_of(const Resource& database) {
  static const json none = json::object();
  const json* found = database.internal.find("parameters");
  return found ? *found : none;
}

const std::vector<json>& list_of(const Resource& database) {
  return parameter_list(database.doc.at("engine"), database.doc.at("engineVersion"));
}

// Returns null if this version of the engine has no such parameter.
const json* find_parameter(const Resource& database, const std::string& name) {
  const auto& list = list_of(database);
  const auto found = std::find_if(list.begin(), list.end(), [&](const json& parameter) {
    return parameter.at("parameterName") == name;
  });
  return found == list.end() ? nullptr : &*found;
}

json get_relational_database_parameters(Call& call) {
  const Resource database = relational_database(call);
  const json& changes = changes_of(database);
  std::vector<Keyed> list;
  for (json parameter : list_of(database)) {
    const std::string name = parameter.at("parameterName");
    if (changes.contains(name)) {
      parameter["parameterValue"] = changes.at(name).at("value");
      parameter["applyMethod"] = changes.at(name).at("method");
    }
    list.push_back({name, std::move(parameter)});
  }
  return call.page_response("parameters", keyed_page(call, "parameters of " + database.name,
                                                     std::move(list), parameters_in_a_page));
}

// The messages are RDS's.
const json& modifiable(const Resource& database, const std::string& name) {
  const json* parameter = find_parameter(database, name);
  if (!parameter) throw invalid_input("Could not find parameter with name: " + name);
  if (!parameter->at("isModifiable")) {
    throw invalid_input("The parameter " + name + " cannot be modified.");
  }
  return *parameter;
}

std::string method_of(const json& input, const json& parameter) {
  const std::string method = input.value("applyMethod", "pending-reboot");
  if (method != "immediate" && method != "pending-reboot") {
    throw invalid_input("The applyMethod must be immediate or pending-reboot: " + method);
  }
  if (method == "immediate" && parameter.at("applyType") == "static") {
    throw invalid_input("cannot use immediate apply method for static parameter");
  }
  return method;
}

void update_parameter(Call& call, Resource& database, const json& input) {
  const std::string name = input.value("parameterName", "");
  const json& parameter = modifiable(database, name);
  if (!input.contains("parameterValue")) {
    throw invalid_input("The parameterValue is missing for: " + name);
  }
  const std::string value = input.at("parameterValue");
  require_allowed(parameter, value);
  const std::string method = method_of(input, parameter);
  database.internal["parameters"][name] = {
      {"value", value}, {"method", method}, {"at", call.now()}};
  note(call, database, call.now(), "parameter-updated",
       {{"parameter", name}, {"value", value}, {"method", method}});
}

std::vector<std::string> names_in(const json& inputs) {
  std::vector<std::string> out;
  for (const json& input : inputs) out.push_back(input.value("parameterName", ""));
  return out;
}

// Recorded: the operation completes at once, with empty details.
json update_relational_database_parameters(Call& call) {
  Resource database = relational_database(call);
  require_state(call, database, "update the parameters of", "available");
  const json& inputs = call.in["parameters"];
  if (inputs.empty()) throw invalid_input("The list of parameters is empty.");
  if (inputs.size() > list_of(database).size()) {
    throw invalid_input("The list has more parameters than the database.");
  }
  require_distinct("parameter", names_in(inputs));
  for (const json& input : inputs) update_parameter(call, database, input);
  call.put(database);
  return operations({call.succeeded(database, "")});
}

// Returns the time at which a change takes effect, or nullopt if it is not known yet. A start in
// the same millisecond counts as after the change; the opposite order occurs only with a stopped
// clock.
std::optional<Millis> in_effect(const Call& call, const json& change,
                                const std::vector<EngineRestart>& restarts) {
  const Millis at = change.at("at");
  if (change.at("method") == "immediate") {
    return at + call.store.lifecycle().delay("database-parameters");
  }
  for (const EngineRestart& restart : restarts) {
    if (restart.up && restart.at >= at) return restart.at;
  }
  return std::nullopt;
}

constexpr Action actions[] = {
    {"GetRelationalDatabaseParameters", get_relational_database_parameters},
    {"UpdateRelationalDatabaseParameters", update_relational_database_parameters},
};

}  // namespace

std::string parameter_apply_status(const Call& call, const Resource& database) {
  std::string status = "in-sync";
  const json& changes = changes_of(database);
  const auto restarts =
      changes.empty() ? std::vector<EngineRestart>() : engine_restarts(call, database);
  for (const json& change : changes) {
    const auto moment = in_effect(call, change, restarts);
    if (!moment) status = "pending-reboot";
    if (moment && *moment > call.now()) return "applying";
  }
  return status;
}

std::string parameter_at(const Call& call, const Resource& database, const std::string& name,
                         Millis moment) {
  const json& changes = changes_of(database);
  const auto change = changes.find(name);
  if (change != changes.end()) {
    const auto since = in_effect(call, *change, engine_restarts(call, database));
    if (since && *since <= moment) return change->at("value");
  }
  const json* parameter = find_parameter(database, name);
  return parameter ? parameter->value("parameterValue", "") : "";
}

const std::span<const Action> relational_database_parameter_actions = actions;

}  // namespace papersail
