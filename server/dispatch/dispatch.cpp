#include "server/dispatch/dispatch.hpp"

#include <algorithm>
#include <utility>

#include "handlers/catalog.hpp"
#include "server/api/error.hpp"
#include "server/faults/failed_operations.hpp"
#include "server/observers/call_trace.hpp"
#include "server/observers/observers.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::string_view target_prefix = "Lightsail_20161128.";

json parse_input(std::string_view body) {
  if (body.empty()) return json::object();
  if (depth_of(body) > deepest_input) throw serialization("The request body nests too deep.");
  json input;
  try {
    input = json::parse(body);
  } catch (const json::exception&) {
    throw serialization("The request body is not valid JSON.");
  }
  if (!input.is_object()) throw serialization("The request body is not a JSON object.");
  return input;
}

// The service treats a null member as an absent one.
void drop_nulls(json& value) {
  if (value.is_object()) {
    for (auto member = value.begin(); member != value.end();) {
      member = member->is_null() ? value.erase(member) : std::next(member);
    }
  }
  if (value.is_structured()) {
    for (json& child : value) drop_nulls(child);
  }
}

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

void require_fit(const Shape& shape, const json& input) {
  const auto violations = input_violations(shape, input);
  if (violations.empty()) return;
  std::string message =
      std::to_string(violations.size()) +
      (violations.size() == 1 ? " validation error detected: " : " validation errors detected: ");
  for (const auto& violation : violations) {
    message += (&violation == violations.data() ? "" : "; ") + violation;
  }
  throw invalid_input(message);
}

// Returns the cache key: all that the response depends on besides the account. The parts cannot
// contain a line break, apart from the body.
std::string key_of(const Request& request, const std::string& region) {
  std::string out = region;
  out.reserve(region.size() + request.target.size() + request.body.size() + 2);
  out += '\n';
  out += request.target;
  out += '\n';
  return out += request.body;
}

}  // namespace

Dispatch::Dispatch(Accounts& accounts, bool check_outputs, const std::vector<Action>& actions,
                   Auth auth)
    : accounts_(accounts),
      check_outputs_(check_outputs),
      auth_(std::move(auth)),
      request_ids_(accounts.new_seed("requests"), 0),
      observers_(std::make_unique<Observers>()) {
  for (const Action& action : actions) {
    if (!model_.has(action.name)) {
      throw std::logic_error(std::string(action.name) + " is not in the service model");
    }
    handlers_.emplace(action.name, action.handle);
  }
}

Dispatch::~Dispatch() = default;

void Dispatch::account_replaced(const std::string& account, Contents contents) {
  if (contents == Contents::empty) observers_->faults.forget(account);
  observers_->recorder.forget(account);
  if (contents == Contents::copied) observers_->recorder.mark_incomplete(account);
}

Response Dispatch::run(const Request& request, CallTrace& trace) {
  Response response;
  try {
    response.body = authorize_and_run(request, response, trace);
  } catch (...) {
    response = failure_response(std::move(response));
  }
  if (trace.fault_outcome) apply_to(response, *trace.fault_outcome);
  response.request_id = next_request_id();
  observers_->note(request, response, trace);
  return response;
}

void Dispatch::commit() {
  std::map<Store*, std::string> failures;
  for (Response* response : std::exchange(pending_commits_, {})) {
    Store* store = std::exchange(response->uncommitted, nullptr);
    try {
      if (store && store->has_uncommitted()) store->commit();
    } catch (const std::exception& error) {
      store->roll_back();
      failures[store] = error.what();
    }
    const auto failed = failures.find(store);
    if (failed != failures.end()) {
      set_error(*response, service_failure("papersail failed: " + failed->second));
      observers_->recorder.amend(*response);
    }
  }
}

Response Dispatch::respond(const Request& request) {
  CallTrace trace;
  Response response = run(request, trace);
  enqueue_commit(response);
  commit();
  return response;
}

Dispatch::DecodedRequest Dispatch::decode(const Request& request, Response& response,
                                          CallTrace& trace) {
  if (!request.target.starts_with(target_prefix)) {
    throw unknown_operation("The target is not one of Lightsail_20161128: \"" +
                            std::string(request.target) + "\"");
  }
  const std::string_view action = request.target.substr(target_prefix.size());
  const ActionModel* model = model_.action(action);
  if (!model) throw unknown_operation("Unknown action: " + std::string(action));
  response.action = action;
  require_region(response.region);
  json input = parse_input(request.body);
  if (request.body.find("null") != std::string_view::npos) drop_nulls(input);
  require_fit(*model->input, input);
  trace.unread = drop_unknown(*model->input, input);
  const auto handler = handlers_.find(action);
  if (handler == handlers_.end()) throw not_implemented(std::string(action));
  return {handler->first, model, handler->second, std::move(input)};
}

std::string Dispatch::authorize_and_run(const Request& request, Response& response,
                                        CallTrace& trace) {
  const Scope scope = request.scope ? *request.scope : auth_.scope_of(request);
  response.account = scope.account;
  response.region = scope.region;
  // An invalid call must not create an account.
  if (!accounts_.is_open(scope.account)) decode(request, response, trace);
  Account& account = accounts_[scope.account];
  const Watch watch(account.store, trace.changes);
  // A read can depend on uncommitted changes too: due transitions, or other calls of the same
  // commit.
  const auto note_uncommitted = [&] {
    response.uncommitted = account.store.has_uncommitted() ? &account.store : nullptr;
  };
  try {
    std::string body = run_in_account(account, request, response, trace);
    note_uncommitted();
    return body;
  } catch (...) {
    account.store.rollback_call();
    note_uncommitted();
    throw;
  }
}

std::string Dispatch::run_in_account(Account& account, const Request& request, Response& response,
                                     CallTrace& trace) {
  trace.clock = account.clock.now();
  const auto rest = account.store.settle(*trace.clock, account.most_transitions);
  account.store.end_call();  // the transitions stay even if the call fails
  trace.unsettled = rest.has_value();
  require_settled(rest);
  std::string key = key_of(request, response.region);
  const CachedResponse* cached = account.response_cache.find(account.store.version(), key);
  if (cached && observers_->faults.of(account.id).empty()) {
    response.action = cached->action;
    trace.unread = cached->unread;
    return cached->body;
  }
  const DecodedRequest decoded = decode(request, response, trace);
  return invoke(account, decoded, std::move(key), response.region, trace);
}

std::string Dispatch::invoke(Account& account, const DecodedRequest& decoded,
                             std::string request_key, const std::string& region, CallTrace& trace) {
  const Millis now = *trace.clock;
  trace.fault_outcome = observers_->faults.evaluate(
      {account, region, decoded.action, *decoded.model, decoded.input, now});
  throw_error_before(*trace.fault_outcome);
  Call call(account, region, decoded.input, now);
  call.failing = trace.fault_outcome->operation ? &*trace.fault_outcome->operation : nullptr;
  trace.changes.keeps_documents = call.failing;
  const json output = decoded.handle(call);
  if (call.failing) fail_operations(call, output, trace.changes);
  if (check_outputs_) check_output(*decoded.model, output);
  std::string body = write(output);
  trace.wrote = account.store.call_has_written();
  account.store.end_call();
  if (!trace.wrote && call.is_timeless()) {
    account.response_cache.keep(account.store.version(), std::move(request_key),
                                {decoded.action, trace.unread, body});
  }
  return body;
}

void Dispatch::check_output(const ActionModel& action, const json& output) const {
  const auto violations = output_violations(*action.output, parsed(output));
  if (!violations.empty()) {
    throw std::logic_error(action.output->name + ": " + violations.front());
  }
}

}  // namespace papersail
