// Group commit: responses that wait for the same commit share its cost.
#pragma once

#include <boost/intrusive/list.hpp>
#include <cstddef>
#include <functional>
#include <map>
#include <string>

#include "server/api/request.hpp"

namespace papersail {

class CommitQueue {
 public:
  // Called for each response that a failed commit turned into an error.
  using OnFailure = std::function<void(const Response&)>;

  explicit CommitQueue(OnFailure on_failure) : on_failure_(std::move(on_failure)) {}

  // The place of a response in the queue, until its commit or until the ticket is destroyed. So the
  // owner of a response that waits, such as a coroutine, may be destroyed at any time: its changes
  // are part of the next commit of their store, without a response. The response and the queue must
  // outlive the ticket.
  class Ticket : public boost::intrusive::list_base_hook<> {
   public:
    Ticket(CommitQueue& queue, Response& response);
    ~Ticket();
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

   private:
    friend class CommitQueue;
    CommitQueue& queue_;
    Response& response_;
  };

  // Number of responses that wait.
  std::size_t size() const { return waiting_.size(); }
  // Commits the changes on which the waiting responses depend, and empties the queue. A failed
  // commit is rolled back, and all responses that depend on it become errors.
  void commit();

 private:
  using Tickets = boost::intrusive::list<Ticket>;
  using Failures = std::map<Store*, std::string>;  // the reasons
  void commit(Response& response, Failures& failures);

  Tickets waiting_;
  const OnFailure on_failure_;
};

}  // namespace papersail
