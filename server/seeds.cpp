#include "server/seeds.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <filesystem>

#include "server/log.hpp"
#include "text/hash.hpp"

namespace papersail {
namespace {

using namespace std::chrono_literals;

constexpr auto time_slice = 5ms;  // upper bound for the delay of other calls
constexpr std::size_t max_calls_per_commit = 256;

// Identifies a call and its occurrence: a repeated line is a call of its own.
std::uint64_t key_of(const SeedCall& call, std::uint32_t occurrence) {
  return hash_of(call.scope.region + '\n' + call.action + '\n' + call.input + '\n' +
                 std::to_string(occurrence));
}

// Returns the account whose contents the line replaces, and with them its record of applied seeds;
// "" if it replaces none.
std::string replaced_account(const SeedCall& call) {
  if (call.action == "DELETE /" || call.action.ends_with("/restore")) return call.scope.account;
  const json input = parse_json(call.input);
  const bool forks = call.action == "POST /fork" && input.contains("to") && input["to"].is_string();
  const std::string to = forks ? input["to"].get<std::string>() : "";
  return is_account_id(to) ? to : "";
}

void write_to(Account& account, const auto& write) {
  write(account.store);
  account.store.commit();
}

}  // namespace

Seeds::Seeds(std::vector<std::string> files, Accounts& accounts, Dispatch& dispatch)
    : accounts_(accounts), dispatch_(dispatch), lines_(std::move(files)) {}

bool Seeds::apply_some() {
  const auto end = std::chrono::steady_clock::now() + time_slice;
  bool more = true;
  while (more && uncommitted_.size() < max_calls_per_commit &&
         std::chrono::steady_clock::now() < end) {
    more = begin_next();
    if (more) apply();
  }
  commit();
  if (!more && applied_ + skipped_ > 0) {
    log_message("seeds: " + std::to_string(applied_) + " calls applied, " +
                std::to_string(skipped_) + " skipped (applied earlier)");
  }
  return more;
}

// Finds the next call that the account has not applied yet. Returns false at the end.
bool Seeds::begin_next() {
  if (call_) return true;  // its account is not settled yet
  while ((call_ = lines_.next())) {
    const std::uint64_t text = hash_of(call_->scope.account) ^ key_of(*call_, 0);
    key_ = key_of(*call_, ++seen_[text]);
    if (!accounts_[call_->scope.account].store.has_seed(key_)) return true;
    ++skipped_;
  }
  return false;
}

void Seeds::apply() {
  const auto request = control_request_of(*call_);
  request ? make_request(*request) : make_call();
}

void Seeds::make_request(const SeedRequest& request) {
  commit();  // the request must not come before a call
  const std::string& own = call_->scope.account;
  try {
    settle(accounts_[own]);
  } catch (const ApiError&) {
    return;  // transitions are still due: the next slice goes on
  }
  const std::string target = replaced_account(*call_);
  const auto seeds =
      target.empty() ? std::vector<std::uint64_t>() : accounts_[target].store.seeds();
  const auto response =
      control_response(control_, request.method, request.target, request.body).value();
  if (response.status >= 400) {
    throw std::runtime_error(lines_.place() + ": " + call_->action + ": " +
                             error_text(response.body));
  }
  if (!target.empty()) write_to(accounts_[target], [&](Store& store) { store.set_seeds(seeds); });
  write_to(accounts_[own], [&](Store& store) { store.add_seed(key_); });
  call_.reset();
  ++applied_;
}

void Seeds::make_call() {
  Request request{};
  const std::string target = "Lightsail_20161128." + call_->action;
  request.target = target;
  request.body = call_->input;
  request.scope = &call_->scope;
  trace_ = {};
  Response response = dispatch_.run(request, trace_);
  if (!trace_.unsettled) finish(std::move(response));
}

void Seeds::finish(Response response) {
  const bool refused = response.status >= 400;
  if (!refused) {
    Store& store = accounts_[call_->scope.account].store;
    store.add_seed(key_);
    store.end_call();
    response.uncommitted = &store;
  }
  for (const std::string& member : trace_.unread) {
    log_warning(lines_.place() + ": " + call_->action + " has no member \"" + member + "\"");
  }
  uncommitted_.push_back({lines_.place() + ": " + call_->action, std::move(response)});
  call_.reset();
  if (refused) commit();
}

void Seeds::commit() {
  std::deque<CommitQueue::Ticket> tickets;
  for (Applied& one : uncommitted_) tickets.emplace_back(dispatch_.commits(), one.response);
  dispatch_.commit();
  for (const Applied& one : std::exchange(uncommitted_, {})) {
    if (one.response.status >= 400) {
      throw std::runtime_error(one.place + ": " + error_text(one.response.body));
    }
    ++applied_;
  }
}

}  // namespace papersail
