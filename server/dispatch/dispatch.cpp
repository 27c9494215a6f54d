#include "server/dispatch/dispatch.hpp"

#include <optional>
#include <utility>

#include "handlers/catalog.hpp"
#include "server/api/error.hpp"
#include "server/dispatch/call_scope.hpp"
#include "server/dispatch/input.hpp"
#include "server/faults/failed_operations.hpp"
#include "server/foreign/call.hpp"
#include "server/observers/call_trace.hpp"
#include "server/observers/observers.hpp"

namespace papersail {
namespace {

// A region that does not exist has no front end to record; the recorded error is that of an opt-in
// region that is not enabled.
void require_region(const std::string& region) {
  if (!is_region(region)) {
    throw ApiError("UnrecognizedClientException", "UnrecognizedClientException",
                   "The security token included in the request is invalid. (There is no Lightsail "
                   "region \"" +
                       region + "\".)");
  }
}

// Returns the cache key: all that the response depends on besides the account. The parts cannot
// contain a line break, apart from the body.
std::string cache_key(const Request& request, const std::string& region) {
  std::string out = region;
  out.reserve(region.size() + request.target.size() + request.body.size() + 2);
  out += '\n';
  out += request.target;
  out += '\n';
  return out += request.body;
}

void end_call(Account& account, CallTrace& trace) {
  trace.wrote = account.store.call_has_written();
  account.store.end_call();
}

void store_in_cache(Account& account, std::string key, CachedResponse response) {
  account.response_cache.keep(account.store.version(), std::move(key), std::move(response));
}

}  // namespace

Dispatch::Dispatch(Accounts& accounts, bool check_outputs, const std::vector<Action>& actions,
                   Auth auth)
    : accounts_(accounts),
      check_outputs_(check_outputs),
      auth_(std::move(auth)),
      request_ids_(accounts.new_seed("requests"), 0),
      observers_(std::make_unique<Observers>()),
      commits_([this](const Response& failed) { observers_->recorder.amend(failed); }) {
  for (const Action& action : actions) {
    if (!model_.has(action.name)) {
      throw std::logic_error(std::string(action.name) + " is not in the service model");
    }
    handlers_.emplace(action.name, action.handle);
  }
}

Dispatch::~Dispatch() = default;

void Dispatch::account_reset(const std::string& account) {
  observers_->faults.forget(account);
  observers_->recorder.exports().add(control_line(account, "DELETE /", "", std::nullopt));
}

Response Dispatch::run(const Request& request, CallTrace& trace) {
  Response response;
  response.request_id = next_request_id();
  if (const auto foreign = foreign_call(request)) {
    answer_foreign(*foreign, request, response, trace);
  } else {
    answer(request, response, trace);
  }
  observers_->note(request, response, trace);
  return response;
}

void Dispatch::answer(const Request& request, Response& response, CallTrace& trace) {
  try {
    response.body = run_stages(request, response, trace);
  } catch (...) {
    response = failure_response(std::move(response));
  }
  if (trace.fault_outcome) apply_to(response, *trace.fault_outcome);
}

Response Dispatch::respond(const Request& request) {
  CallTrace trace;
  Response response = run(request, trace);
  const CommitQueue::Ticket ticket(commits_, response);
  commit();
  return response;
}

std::string Dispatch::run_stages(const Request& request, Response& response, CallTrace& trace) {
  authenticate(request, response);
  std::optional<DecodedCall> decoded;
  // An invalid call must not create an account.
  if (!accounts_.is_open(response.account)) decoded = decode_and_validate(request, response, trace);
  Account& account = open_account(response);
  const CallScope scope(account.store, response, trace.changes);
  settle(account, trace);
  std::string key = cache_key(request, response.region);
  if (const auto* cached = look_up_in_cache(account, key, response, trace)) return cached->body;
  if (!decoded) decoded = decode_and_validate(request, response, trace);
  evaluate_faults(account, *decoded, response.region, trace);
  Call call(account, decoded->action, response.region, decoded->input, *trace.clock);
  const json output = call_handler(*decoded, call, trace);
  std::string body = encode(*decoded, output);
  end_call(account, trace);
  if (!trace.wrote && call.is_timeless()) {
    store_in_cache(account, std::move(key), {decoded->action, trace.unread, body});
  }
  return body;
}

void Dispatch::settle(Account& account, CallTrace& trace) {
  trace.clock = account.clock.now();
  const auto rest = account.store.settle(*trace.clock, account.most_transitions);
  account.store.end_call();  // the transitions stay even if the call fails
  trace.unsettled = rest.has_value();
  require_settled(rest);
}

void Dispatch::authenticate(const Request& request, Response& response) const {
  Scope scope = request.scope ? *request.scope : auth_.scope_of(request);
  response.account = std::move(scope.account);
  response.region = std::move(scope.region);
}

Dispatch::DecodedCall Dispatch::decode_and_validate(const Request& request, Response& response,
                                                    CallTrace& trace) {
  if (!request.target.starts_with(lightsail_target)) {
    throw unknown_operation("The target is not one of Lightsail_20161128: \"" +
                            std::string(request.target) + "\"");
  }
  const std::string_view action = request.target.substr(lightsail_target.size());
  const ActionModel* model = model_.action(action);
  if (!model) throw unknown_operation("Unknown action: " + std::string(action));
  response.action = action;
  require_region(response.region);
  json input = decode_input(*model->input, request.body, trace.unread);
  const auto handler = handlers_.find(action);
  if (handler == handlers_.end()) throw not_implemented(std::string(action));
  return {handler->first, model, handler->second, std::move(input)};
}

// Returns null if the response is not in the cache, or a fault may change it.
const CachedResponse* Dispatch::look_up_in_cache(Account& account, std::string_view key,
                                                 Response& response, CallTrace& trace) const {
  const CachedResponse* cached = account.response_cache.find(account.store.version(), key);
  if (!cached || !observers_->faults.of(account.id).empty()) return nullptr;
  response.action = cached->action;
  trace.unread = cached->unread;
  return cached;
}

void Dispatch::evaluate_faults(Account& account, const DecodedCall& decoded,
                               const std::string& region, CallTrace& trace) {
  trace.fault_outcome = observers_->faults.evaluate(
      {account, region, decoded.action, *decoded.model, decoded.input, *trace.clock});
  throw_error_before(*trace.fault_outcome);
}

json Dispatch::call_handler(const DecodedCall& decoded, Call& call, CallTrace& trace) {
  const auto& operation = trace.fault_outcome->operation;
  call.failing = operation ? &*operation : nullptr;
  const bool may_fail = call.failing || call.store.lifecycle().has_failures();
  ChangeSet changed;
  const ChangeScope scope(call.store, may_fail ? &changed : nullptr);
  json output = decoded.handle(call);
  if (call.failing) {
    fail_operations(call, changed, trace.changes);
  } else {
    prepare_failed_transitions(call, changed);
  }
  return output;
}

std::string Dispatch::encode(const DecodedCall& decoded, const json& output) const {
  if (check_outputs_) {
    const auto violations = output_violations(*decoded.model->output, parse_all(output));
    if (!violations.empty()) {
      throw std::logic_error(decoded.model->output->name + ": " + violations.front());
    }
  }
  return serialize(output);
}

}  // namespace papersail
