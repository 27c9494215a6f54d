#include "server/dispatch/dispatch.hpp"

#include <algorithm>
#include <utility>

#include "handlers/catalog.hpp"
#include "server/api/error.hpp"
#include "server/faults/failed_operations.hpp"
#include "server/observers/instruments.hpp"
#include "server/observers/progress.hpp"
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

// A null member is an absent one.
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

// The service has no front end in a region that it does not know; an opt-in region that is not
// enabled answers with this error, recorded.
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

// What an answer depends on beside the account. No header has a line's end in it.
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
      instruments_(std::make_unique<Instruments>()) {
  for (const Action& action : actions) {
    if (!model_.has(action.name)) {
      throw std::logic_error(std::string(action.name) + " is not in the service model");
    }
    handlers_.emplace(action.name, action.handle);
  }
}

Dispatch::~Dispatch() = default;

void Dispatch::begin_anew(const std::string& account, Beginning beginning) {
  if (beginning == Beginning::empty) instruments_->faults.forget(account);
  instruments_->recorder.forget(account);
  if (beginning == Beginning::elsewhere) instruments_->recorder.lose(account);
}

std::variant<Answer, SlowWork> Dispatch::attempt(const Request& request, Progress& progress) {
  Answer answer;
  try {
    answer.body = run(request, answer, progress);
  } catch (const SlowWorkNeeded& needed) {
    return needed.work;
  } catch (...) {
    answer = failure_answer(std::move(answer));
  }
  if (progress.struck) spoil(answer, *progress.struck);
  answer.request_id = next_request_id();
  instruments_->note(request, answer, progress);
  return answer;
}

void Dispatch::commit() {
  std::map<Store*, std::string> failures;
  for (Answer* answer : std::exchange(held_, {})) {
    Store* store = std::exchange(answer->uncommitted, nullptr);
    try {
      if (store && store->has_uncommitted()) store->commit();
    } catch (const std::exception& error) {
      store->roll_back();
      failures[store] = error.what();
    }
    const auto failed = failures.find(store);
    if (failed != failures.end()) {
      tell(*answer, service_failure("papersail failed: " + failed->second));
      instruments_->recorder.amend(*answer);
    }
  }
}

Answer Dispatch::answer(const Request& request) try {
  Progress progress;
  for (;;) {
    auto outcome = attempt(request, progress);
    if (auto* answer = std::get_if<Answer>(&outcome)) {
      hold(*answer);
      commit();
      return std::move(*answer);
    }
    progress.slow_results.push_back(std::get<SlowWork>(outcome)());
  }
} catch (...) {  // the slow work failed
  return failure_answer();
}

Dispatch::Asked Dispatch::understood(const Request& request, Answer& answer, Progress& progress) {
  if (!request.target.starts_with(target_prefix)) {
    throw unknown_operation("The target is not one of Lightsail_20161128: \"" +
                            std::string(request.target) + "\"");
  }
  const std::string_view action = request.target.substr(target_prefix.size());
  const ActionModel* model = model_.action(action);
  if (!model) throw unknown_operation("Unknown action: " + std::string(action));
  answer.action = action;
  require_region(answer.region);
  json input = parse_input(request.body);
  if (request.body.find("null") != std::string_view::npos) drop_nulls(input);
  require_fit(*model->input, input);
  progress.unread = drop_unknown(*model->input, input);
  const auto handler = handlers_.find(action);
  if (handler == handlers_.end()) throw not_implemented(std::string(action));
  return {handler->first, model, handler->second, std::move(input)};
}

std::string Dispatch::run(const Request& request, Answer& answer, Progress& progress) {
  const Scope scope = request.scope ? *request.scope : auth_.scope_of(request);
  answer.account = scope.account;
  answer.region = scope.region;
  // A bad call makes no account.
  if (!accounts_.is_open(scope.account)) understood(request, answer, progress);
  Account& account = accounts_[scope.account];
  const Watch watch(account.store, progress.changes);
  // What the call does not change, time may have, or another call of the same turn.
  const auto note_uncommitted = [&] {
    answer.uncommitted = account.store.has_uncommitted() ? &account.store : nullptr;
  };
  try {
    std::string body = run_in(account, request, answer, progress);
    note_uncommitted();
    return body;
  } catch (...) {
    account.store.undo_call();
    note_uncommitted();
    throw;
  }
}

std::string Dispatch::run_in(Account& account, const Request& request, Answer& answer,
                             Progress& progress) {
  progress.clock = account.clock.now();
  account.store.settle(*progress.clock);
  account.store.keep_call();  // whatever becomes of this one, time has passed
  std::string key = key_of(request, answer.region);
  const KeptAnswer* kept = account.kept_answers.find(account.store.version(), key);
  if (kept && instruments_->faults.of(account.id).empty()) {
    answer.action = kept->action;
    progress.unread = kept->unread;
    return kept->body;
  }
  const Asked asked = understood(request, answer, progress);
  return run_anew(account, asked, std::move(key), answer.region, progress);
}

std::string Dispatch::run_anew(Account& account, const Asked& asked, std::string request_key,
                               const std::string& region, Progress& progress) {
  const Millis now = *progress.clock;
  if (!progress.struck) {  // once a call, however many attempts it takes
    progress.struck = instruments_->faults.strike(
        {account, region, asked.action, *asked.model, asked.input, now});
  }
  stop_before(*progress.struck);
  Call call(account, region, asked.input, now, progress.slow_results);
  call.failing = progress.struck->operation ? &*progress.struck->operation : nullptr;
  progress.changes.keeps_documents = call.failing;
  const json output = asked.handle(call);
  if (call.failing) fail_operations(call, output, progress.changes);
  if (check_outputs_) check_output(*asked.model, output);
  std::string body = write(output);
  progress.wrote = account.store.call_has_written();
  account.store.keep_call();
  if (!progress.wrote && call.is_timeless()) {
    account.kept_answers.keep(account.store.version(), std::move(request_key),
                              {asked.action, progress.unread, body});
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
