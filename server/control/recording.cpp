#include "server/control/recording.hpp"

#include "crypto/openssl.hpp"
#include "server/control/checkpoint_file.hpp"
#include "server/observers/observers.hpp"

namespace papersail {
namespace {

constexpr std::string_view accounts = "/_papersail/accounts/";
constexpr std::size_t id_size = 12;

bool changes_account(std::string_view method, std::string_view path) {
  const bool reset = method == "DELETE" && path.empty();
  return method != "GET" && method != "HEAD" && !reset && !path.starts_with("/faults");
}

// Returns the body as JSON text: a checkpoint's file in base64, as in a seed file.
std::string input_of(const ControlRequest& request) {
  if (is_sqlite_file(request.text)) return json({{"sqlite", ssh::base64(request.text)}}).dump();
  return request.body.is_null() ? "" : request.body.dump();
}

}  // namespace

Recording::Recording(Control& control, const ControlRequest& request)
    : control_(control), request_(request) {
  if (!request.path.starts_with(accounts)) return;
  const std::string_view rest = request.path.substr(accounts.size());
  const std::string id(rest.substr(0, id_size));
  if (!is_account_id(id) || !changes_account(request.method, rest.substr(id_size))) return;
  account_ = id;
  path_ = rest.substr(id_size);
  if (control.accounts.is_open(id)) clock_ = control.accounts[id].clock.now();
}

void Recording::add() const {
  if (account_.empty()) return;
  const std::string action = std::string(request_.method) + ' ' + path_;
  control_.dispatch.observers().recorder.exports().add(
      control_line(account_, action, input_of(request_), clock_));
}

}  // namespace papersail
