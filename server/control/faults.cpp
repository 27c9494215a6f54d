// Lists, adds and deletes the faults of an account.
#include <charconv>

#include "server/control/accounts.hpp"
#include "server/control/routes.hpp"
#include "server/faults/faults.hpp"
#include "server/observers/observers.hpp"

namespace papersail {
namespace {

Faults& faults_of(Control& control) {
  return control.dispatch.observers().faults;
}

Response get_faults(Control& control, const ControlRequest& request) {
  json list = json::array();
  for (const Fault& fault : faults_of(control).of(request.parameter("id"))) {
    list.push_back(to_json(fault));
  }
  return json_response({{"faults", list}});
}

Response post_fault(Control& control, const ControlRequest& request) {
  Fault fault = fault_of(request.body, control.dispatch.model());
  const Account& account = account_of(control, request);
  try {
    return json_response(to_json(faults_of(control).add(account.id, std::move(fault))), 201);
  } catch (const std::length_error& error) {
    throw ControlError{409, error.what()};
  }
}

Response delete_faults(Control& control, const ControlRequest& request) {
  return json_response({{"deleted", faults_of(control).remove(request.parameter("id"))}});
}

Response delete_fault(Control& control, const ControlRequest& request) {
  const std::string& text = request.parameter("number");
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  const std::size_t deleted =
      whole ? faults_of(control).remove(request.parameter("id"), number) : 0;
  if (deleted == 0) throw ControlError{404, "The account has no fault " + text + "."};
  return json_response({{"deleted", deleted}});
}

constexpr Route routes[] = {
    {"GET", "/_papersail/accounts/{id}/faults", get_faults},
    {"POST", "/_papersail/accounts/{id}/faults", post_fault},
    {"DELETE", "/_papersail/accounts/{id}/faults", delete_faults},
    {"DELETE", "/_papersail/accounts/{id}/faults/{number}", delete_fault},
};

}  // namespace

const std::span<const Route> fault_routes = routes;

}  // namespace papersail
