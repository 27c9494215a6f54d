// The recorded requests: list, stream, export and delete.
#include <charconv>

#include "crypto/openssl.hpp"
#include "server/control/checks.hpp"
#include "server/control/routes.hpp"
#include "server/observers/observers.hpp"
#include "state/store/checkpoints.hpp"

namespace papersail {
namespace {

constexpr std::size_t default_limit = 100;

Recorder& recorder_of(Control& control) {
  return control.dispatch.observers().recorder;
}

std::optional<std::uint64_t> number_in(const ControlRequest& request, std::string_view name) {
  const std::string text = request.query_value(name);
  if (text.empty()) return std::nullopt;
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    throw ControlError{400, '"' + std::string(name) + "\" must be a whole number."};
  }
  return number;
}

RecordFilter filter_of(const ControlRequest& request) {
  RecordFilter filter{request.query_value("account"), request.query_value("action"),
                      number_in(request, "after")};
  if (!filter.account.empty() && !is_account_id(filter.account)) {
    throw ControlError{400, "\"account\" must be twelve digits."};
  }
  return filter;
}

Response get_requests(Control& control, const ControlRequest& request) {
  require_known_parameters(request, {"account", "action", "after", "limit"});
  const std::uint64_t limit = number_in(request, "limit").value_or(default_limit);
  return json_response(recorder_of(control).requests(filter_of(request), limit));
}

Response delete_requests(Control& control, const ControlRequest& /*request*/) {
  recorder_of(control).clear();
  return json_response(json::object());
}

Response get_stream(Control& control, const ControlRequest& request) {
  require_known_parameters(request, {"account", "action", "after"});
  Response response;
  response.content_type = "text/event-stream";
  response.stream = recorder_of(control).stream(filter_of(request));
  return response;
}

// Returns lines that make the account as it is now, when no calls can: they upload a copy of it.
std::string present_state(Control& control, const std::string& id) {
  const std::string path = "/checkpoints/exported-state";
  std::string copy;
  control.accounts.visit(id, [&](Account& account) { copy = copy_of(account); });
  const json input = {{"sqlite", ssh::base64(copy)}};
  return text_of(control_line(id, "PUT " + path, input.dump(), std::nullopt)) +
         text_of(control_line(id, "POST " + path + "/restore", "", std::nullopt)) +
         text_of(control_line(id, "DELETE " + path, "", std::nullopt));
}

// The same for each lost account. Leaves out an account that cannot be opened, unless the export
// is of that account only.
std::string present_states(Control& control, const std::string& only) {
  std::string out;
  for (const std::string& id : recorder_of(control).exports().lost()) {
    if ((!only.empty() && id != only) || !control.accounts.has(id)) continue;
    try {
      out += present_state(control, id);
    } catch (const std::runtime_error& error) {
      if (id == only) {
        throw ControlError{409, "The account cannot be exported: " + std::string(error.what())};
      }
    }
  }
  return out;
}

Response get_export(Control& control, const ControlRequest& request) {
  require_known_parameters(request, {"account", "action", "partial"});
  const RecordFilter filter = filter_of(request);
  const bool whole = request.query_value("partial") != "true" && filter.action.empty();
  Response response;
  response.content_type = "application/x-ndjson";
  response.body = recorder_of(control).exports().exported({filter.account, filter.action, !whole});
  if (whole) response.body += present_states(control, filter.account);
  return response;
}

constexpr Route routes[] = {
    {"GET", "/_papersail/requests", get_requests},
    {"DELETE", "/_papersail/requests", delete_requests},
    {"GET", "/_papersail/requests/stream", get_stream},
    {"GET", "/_papersail/requests/export", get_export},
};

}  // namespace

const std::span<const Route> request_routes = routes;

}  // namespace papersail
