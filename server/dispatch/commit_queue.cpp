#include "server/dispatch/commit_queue.hpp"

#include <exception>
#include <utility>

#include "state/store/store.hpp"

namespace papersail {

CommitQueue::Ticket::Ticket(CommitQueue& queue, Response& response)
    : queue_(queue), response_(response) {
  queue_.waiting_.push_back(*this);
}

CommitQueue::Ticket::~Ticket() {
  if (is_linked()) queue_.waiting_.erase(Tickets::s_iterator_to(*this));
}

void CommitQueue::commit() {
  Failures failures;
  while (!waiting_.empty()) {
    Response& response = waiting_.front().response_;
    waiting_.pop_front();
    commit(response, failures);
  }
}

// The first response of a store commits for all others.
void CommitQueue::commit(Response& response, Failures& failures) {
  Store* const store = std::exchange(response.uncommitted, nullptr);
  if (!store) return;
  try {
    if (store->has_uncommitted()) store->commit();
  } catch (const std::exception& error) {
    store->roll_back();
    failures[store] = error.what();
  }
  const auto failed = failures.find(store);
  if (failed == failures.end()) return;
  set_failure(response, failed->second);
  on_failure_(response);
}

}  // namespace papersail
