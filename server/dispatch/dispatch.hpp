// From a request to an answer: which account, which action, does the input fit, what does it say.
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
#include "state/account.hpp"

namespace papersail {

struct Observers;  // server/observers/observers.hpp
struct CallTrace;  // server/observers/call_trace.hpp

class Dispatch {
 public:
  // `accounts` must outlive it. `check_outputs`: every answer is held against the output shape,
  // and one that does not fit is a 500 that says why. Throws std::logic_error if an action of the
  // registry is not in the model. Tests bring handlers of their own.
  Dispatch(Accounts& accounts, bool check_outputs,
           const std::vector<Action>& actions = all_actions(), Auth auth = {});
  ~Dispatch();

  // Runs the call and returns its response, of which `enqueue_commit` and `commit` must follow.
  // Fills in `trace`. Does not throw: a failure is a response too.
  Response run(const Request& request, CallTrace& trace);
  // An answer with something uncommitted may leave only after `hold` and then `commit`. The more
  // answers share a commit, the less each of them costs.
  void enqueue_commit(Response& response) { pending_commits_.push_back(&response); }
  std::size_t pending_commits() const { return pending_commits_.size(); }
  // Commits what the held answers tell of. An answer whose changes could not be kept becomes an
  // error.
  void commit();
  // Runs the call, commits, and returns the response.
  Response respond(const Request& request);

  // The id of the next request; with a seed, the same ones in every run.
  std::string next_request_id() { return request_ids_.uuid(); }
  Model& model() { return model_; }
  const Auth& auth() const { return auth_; }
  bool implements(std::string_view action) const { return handlers_.contains(action); }
  // What makes calls fail, and what remembers, counts and measures them.
  Observers& observers() { return *observers_; }
  // The account begins anew, empty or as something that these calls have not made: the calls that
  // made it what it was are not to be made again. With an empty one its faults go too.
  enum class Beginning { empty, elsewhere };
  void begin_anew(const std::string& account, Beginning beginning);

 private:
  // What a request asks for.
  struct DecodedRequest {
    std::string_view action;
    const ActionModel* model;
    Handler handle;
    json input;  // as the handler gets it
  };

  DecodedRequest decode(const Request& request, Response& response, CallTrace& trace);
  std::string authorize_and_run(const Request& request, Response& response, CallTrace& trace);
  std::string run_in_account(Account& account, const Request& request, Response& response,
                             CallTrace& trace);
  std::string invoke(Account& account, const DecodedRequest& asked, std::string request_key,
                     const std::string& region, CallTrace& trace);
  void check_output(const ActionModel& action, const json& output) const;

  Accounts& accounts_;
  const bool check_outputs_;
  const Auth auth_;
  Model model_;
  std::map<std::string_view, Handler> handlers_;
  Ids request_ids_;
  std::vector<Response*> pending_commits_;
  std::unique_ptr<Observers> observers_;
};

}  // namespace papersail
