// The effects of a call on its store, from the start to the end of the call.
#pragma once

#include <exception>

#include "server/api/request.hpp"
#include "state/changes.hpp"
#include "state/store/store.hpp"

namespace papersail {

// Watches the store during a call. At the end, rolls the call back if there was an exception, and
// notes whether the response depends on uncommitted changes. That of a read can too: on due
// transitions, or on other calls of the same commit.
class CallScope {
 public:
  CallScope(Store& store, Response& response, Changes& changes)
      : store_(store), response_(response), watch_(store, changes) {}
  ~CallScope() {
    if (std::uncaught_exceptions() > exceptions_) store_.rollback_call();
    response_.uncommitted = store_.has_uncommitted() ? &store_ : nullptr;
  }
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

 private:
  Store& store_;
  Response& response_;
  const Watch watch_;
  const int exceptions_ = std::uncaught_exceptions();
};

}  // namespace papersail
