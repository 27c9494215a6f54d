// Takes, uploads, lists, restores and deletes copies of an account.
#include "state/store/checkpoints.hpp"
#include "server/control/accounts.hpp"
#include "server/control/checkpoint_file.hpp"
#include "server/control/checks.hpp"
#include "server/control/routes.hpp"

namespace papersail {
namespace {

std::string name_in(const ControlRequest& request) {
  std::string name = request.parameter("name");
  if (!Checkpoints::is_name(name)) {
    throw ControlError{400,
                       "A checkpoint's name is up to a hundred letters, digits, \"-\", \"_\" and "
                       "\".\", and does not begin with \".\"."};
  }
  return name;
}

std::string checkpoint_in(Control& control, const ControlRequest& request) {
  const std::string name = name_in(request);
  auto copy = control.accounts.checkpoints().find(request.parameter("id"), name);
  if (!copy) throw ControlError{404, "There is no checkpoint \"" + name + "\"."};
  return *std::move(copy);
}

// Returns the facts of a checkpoint, or the error if it cannot be read.
json facts(const std::string& name, std::string_view copy) {
  json out = {{"name", name}, {"bytes", copy.size()}};
  try {
    const CopyFacts found = facts_of(copy);
    out["resources"] = found.resources;
    out["operations"] = found.operations;
    out["clock"] = to_json(found.clock);
  } catch (const std::runtime_error& error) {
    out["error"] = error.what();
  }
  return out;
}

Response list_checkpoints(Control& control, const ControlRequest& request) {
  const std::string& id = request.parameter("id");
  const Checkpoints& checkpoints = control.accounts.checkpoints();
  json out = json::array();
  for (const std::string& name : checkpoints.names(id)) {
    if (const auto copy = checkpoints.find(id, name)) out.push_back(facts(name, *copy));
  }
  return json_response({{"checkpoints", out}});
}

// Throws ControlError 409 for ?replace=false if there is a checkpoint of this name.
void require_may_replace(Control& control, const ControlRequest& request, const std::string& name) {
  require_known_parameters(request, {"replace"});
  const std::string replace = request.query_value("replace");
  if (replace != "" && replace != "true" && replace != "false") {
    throw ControlError{400, "\"replace\" must be true or false."};
  }
  if (replace == "false" && control.accounts.checkpoints().find(request.parameter("id"), name)) {
    throw ControlError{409, "There is a checkpoint \"" + name + "\" already."};
  }
}

// Returns the file that the request uploads, or else a copy of the account.
std::string new_copy(Control& control, const ControlRequest& request) {
  std::string uploaded = uploaded_file(request);
  if (uploaded.empty()) return copy_of(account_of(control, request));
  try {
    facts_of(uploaded);
  } catch (const std::runtime_error& error) {
    throw ControlError{400, std::string("The file is not a checkpoint: ") + error.what()};
  }
  return uploaded;
}

// Takes or uploads a checkpoint.
Response put_checkpoint(Control& control, const ControlRequest& request) {
  const std::string name = name_in(request);
  require_may_replace(control, request, name);
  std::string copy = new_copy(control, request);
  json out = facts(name, copy);
  control.accounts.checkpoints().keep(request.parameter("id"), name, std::move(copy));
  return json_response(out, 201);
}

Response restore_checkpoint(Control& control, const ControlRequest& request) {
  require_no_body(request);
  const std::string copy = checkpoint_in(control, request);
  // Not `account_of`: what is due in the replaced account does not matter.
  Account& account = control.accounts[request.parameter("id")];
  try {
    restore(account, copy);
  } catch (const std::runtime_error& error) {
    throw ControlError{409, std::string("The checkpoint cannot be restored: ") + error.what()};
  }
  return json_response(facts(request.parameter("name"), copy));
}

Response download_checkpoint(Control& control, const ControlRequest& request) {
  Response response;
  response.content_type = "application/vnd.sqlite3";
  response.body = checkpoint_in(control, request);
  return response;
}

Response remove_checkpoint(Control& control, const ControlRequest& request) {
  const std::string name = name_in(request);
  if (!control.accounts.checkpoints().remove(request.parameter("id"), name)) {
    throw ControlError{404, "There is no checkpoint \"" + name + "\"."};
  }
  return json_response({{"status", "ok"}});
}

constexpr Route routes[] = {
    {"GET", "/_papersail/accounts/{id}/checkpoints", list_checkpoints},
    {"PUT", "/_papersail/accounts/{id}/checkpoints/{name}", put_checkpoint},
    {"GET", "/_papersail/accounts/{id}/checkpoints/{name}", download_checkpoint},
    {"DELETE", "/_papersail/accounts/{id}/checkpoints/{name}", remove_checkpoint},
    {"POST", "/_papersail/accounts/{id}/checkpoints/{name}/restore", restore_checkpoint},
};

}  // namespace

const std::span<const Route> checkpoint_routes = routes;

}  // namespace papersail
