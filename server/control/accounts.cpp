// Lists, resets and forks accounts.
#include "server/control/accounts.hpp"

#include "server/control/checks.hpp"
#include "server/control/routes.hpp"
#include "server/observers/observers.hpp"
#include "state/store/checkpoints.hpp"
#include "text/strict_object.hpp"

namespace papersail {
namespace {

json facts_of(Account& account) {
  settle(account);
  std::int64_t resources = 0;
  json types = json::object();
  for (const auto& [type, count] : account.store.inventory().count_by_type()) {
    types[type] = count;
    resources += count;
  }
  return {{"id", account.id},
          {"resources", resources},
          {"types", types},
          {"operations", account.store.operations().count()},
          {"clock", to_json(account.clock)},
          {"lifecycle", account.store.lifecycle().description()}};
}

// Returns the facts of an account, or the error if it cannot be opened.
json facts_of(Control& control, const std::string& id) {
  json out;
  try {
    control.accounts.visit(id, [&](Account& account) { out = facts_of(account); });
  } catch (const std::runtime_error& error) {
    out = {{"id", id}, {"error", error.what()}};
  }
  return out;
}

void require_account(Control& control, const std::string& id) {
  if (!control.accounts.has(id)) throw ControlError{404, "There is no account " + id + " yet."};
}

Response list_accounts(Control& control, const ControlRequest& request) {
  require_known_parameters(request, {});
  json out = json::array();
  for (const std::string& id : control.accounts.ids()) out.push_back(facts_of(control, id));
  return json_response({{"accounts", out}});
}

Response get_account(Control& control, const ControlRequest& request) {
  const std::string& id = request.parameter("id");
  require_account(control, id);
  return json_response(facts_of(control, id));
}

Response reset_one(Control& control, const ControlRequest& request) {
  reset_account(control, request.parameter("id"));
  return json_response({{"status", "ok"}});
}

Response reset_all(Control& control, const ControlRequest& /*request*/) {
  for (const std::string& id : control.accounts.ids()) reset_account(control, id);
  control.dispatch.observers().coverage.clear();
  return json_response({{"status", "ok"}});
}

struct ForkTarget {
  std::string to;
  bool replace;
};

ForkTarget fork_target(const ControlRequest& request) {
  StrictObject body(request.body);
  const std::string to = body.text("to").value_or("");
  const json* replace = body.any("replace");
  body.finish();
  if (!is_account_id(to)) body.refuse("to", "twelve digits");
  if (replace && !replace->is_boolean()) body.refuse("replace", "true or false");
  if (to == request.parameter("id")) {
    throw ControlError{400, "An account cannot be forked into itself."};
  }
  return {to, replace && replace->get<bool>()};
}

Response fork_account(Control& control, const ControlRequest& request) {
  require_account(control, request.parameter("id"));
  const auto [to, replace] = fork_target(request);
  Account& source = account_of(control, request);
  Account& target = control.accounts[to];
  if (!replace && !target.store.is_empty()) {
    throw ControlError{409,
                       "Account " + to + " is not empty; set \"replace\": true to overwrite it."};
  }
  fork(source, target);
  return json_response(facts_of(target), 201);
}

constexpr Route routes[] = {
    {"GET", "/_papersail/accounts", list_accounts},
    {"DELETE", "/_papersail/accounts", reset_all},
    {"GET", "/_papersail/accounts/{id}", get_account},
    {"DELETE", "/_papersail/accounts/{id}", reset_one},
    {"POST", "/_papersail/accounts/{id}/fork", fork_account},
    {"POST", "/_localstack/state/reset", reset_all},
    {"POST", "/moto-api/reset", reset_all},
};

}  // namespace

const std::span<const Route> account_routes = routes;

Account& account_of(Control& control, const ControlRequest& request) {
  Account& account = control.accounts[request.parameter("id")];
  settle(account);
  return account;
}

void reset_account(Control& control, const std::string& id) {
  control.accounts.forget(id);
  control.dispatch.account_reset(id);
}

}  // namespace papersail
