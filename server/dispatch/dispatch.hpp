// Runs calls of actions, in stages: Dispatch::run_stages lists them.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/actions.hpp"
#include "server/api/auth.hpp"
#include "server/api/model.hpp"
#include "server/api/request.hpp"
#include "server/dispatch/commit_queue.hpp"
#include "state/account.hpp"

namespace papersail {

struct Observers;    // server/observers/observers.hpp
struct CallTrace;    // server/observers/call_trace.hpp
struct ForeignCall;  // server/foreign/call.hpp

class Dispatch {
 public:
  // `accounts` must outlive the object. With `check_outputs`, every output is validated against its
  // shape, and an invalid one becomes a 500 that names the violation. Throws std::logic_error if an
  // action is not in the model. Tests pass their own `actions`.
  Dispatch(Accounts& accounts, bool check_outputs,
           const std::vector<Action>& actions = all_actions(), Auth auth = {});
  ~Dispatch();

  // Runs the call and returns its response, which the caller must commit before it sends it. Fills
  // in `trace`. Does not throw: a failure is a response too.
  Response run(const Request& request, CallTrace& trace);
  // The responses that wait for a commit. A response with `uncommitted` set must not be sent before
  // its commit.
  CommitQueue& commits() { return commits_; }
  void commit() { commits_.commit(); }
  // Runs the call, commits, and returns the response.
  Response respond(const Request& request);

  // Returns the next request id; the same sequence in every run with a seed.
  std::string next_request_id() { return request_ids_.uuid(); }
  Model& model() { return model_; }
  const Auth& auth() const { return auth_; }
  bool implements(std::string_view action) const { return handlers_.contains(action); }
  // Faults, records, coverage and metrics.
  Observers& observers() { return *observers_; }
  // Called after a reset. Drops the account's faults, and adds the reset to the export.
  void account_reset(const std::string& account);

 private:
  // A validated call.
  struct DecodedCall {
    std::string_view action;
    const ActionModel* model;
    Handler handle;
    json input;  // without null and unknown members
  };

  // Fill in the response to a call of Lightsail, or of another service.
  void answer(const Request& request, Response& response, CallTrace& trace);
  void answer_foreign(const ForeignCall& call, Request request, Response& response,
                      CallTrace& trace);
  void run_foreign(const ForeignCall& call, const Request& request, Response& response,
                   CallTrace& trace);

  // Returns the body of the response. Calls the following stages in order. An exception of a stage
  // rolls the call back and becomes the response.
  std::string run_stages(const Request& request, Response& response, CallTrace& trace);
  void authenticate(const Request& request, Response& response) const;
  Account& open_account(const Response& response) { return accounts_[response.account]; }
  static void settle(Account& account, CallTrace& trace);
  DecodedCall decode_and_validate(const Request& request, Response& response, CallTrace& trace);
  const CachedResponse* look_up_in_cache(Account& account, std::string_view key, Response& response,
                                         CallTrace& trace) const;
  void evaluate_faults(Account& account, const DecodedCall& decoded, const std::string& region,
                       CallTrace& trace);
  static json call_handler(const DecodedCall& decoded, Call& call, CallTrace& trace);
  std::string encode(const DecodedCall& decoded, const json& output) const;

  Accounts& accounts_;
  const bool check_outputs_;
  const Auth auth_;
  Model model_;
  std::map<std::string_view, Handler> handlers_;
  Ids request_ids_;
  std::unique_ptr<Observers> observers_;
  CommitQueue commits_;
};

}  // namespace papersail
