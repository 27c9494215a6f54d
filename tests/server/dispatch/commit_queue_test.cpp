// Group commit.
#include "server/dispatch/commit_queue.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/stored_disks.hpp"

namespace papersail {
namespace {

using Ticket = CommitQueue::Ticket;

struct Queued : Disks {
  std::vector<const Response*> failed;
  CommitQueue queue{[this](const Response& response) { failed.push_back(&response); }};

  // Makes a change and returns the response that depends on it.
  Response change(const std::string& name) {
    create(name, "available", 0);
    store.end_call();
    Response out;
    out.uncommitted = &store;
    return out;
  }
  // Makes the next commit fail: a failed call has rolled back the transaction with its earlier
  // calls.
  void break_commit() { fail_to_keep(); }
};

}  // namespace

TEST_CASE_FIXTURE(Queued, "CommitQueue: commits the changes of all waiting responses at once") {
  Response one = change("one"), two = change("two");
  const Ticket first(queue, one), second(queue, two);
  CHECK(queue.size() == 2);
  queue.commit();
  CHECK(queue.size() == 0);
  CHECK_FALSE(store.has_uncommitted());
  for (const Response* response : {&one, &two}) {
    CHECK(response->uncommitted == nullptr);
    CHECK(response->status == 200);
  }
  CHECK(failed.empty());
}

TEST_CASE_FIXTURE(Queued, "CommitQueue: turns all responses of a failed commit into errors") {
  Response one = change("one"), two = change("two"), other;
  const Ticket first(queue, one), independent(queue, other), second(queue, two);
  break_commit();
  queue.commit();
  for (const Response* response : {&one, &two}) {
    CHECK(response->status == 500);
    CHECK(response->error_type == "ServiceException");
    CHECK(response->body.find("papersail failed: ") != std::string::npos);
  }
  CHECK(other.status == 200);
  CHECK(failed == std::vector<const Response*>{&one, &two});
  CHECK_FALSE(store.has(region, "one"));
  CHECK_FALSE(store.has_uncommitted());
}

TEST_CASE_FIXTURE(Queued, "CommitQueue: commits the other stores when the commit of one fails") {
  Disks more;
  more.create("three", "available", 0);
  more.store.end_call();
  Response one = change("one"), three;
  three.uncommitted = &more.store;
  const Ticket first(queue, one), third(queue, three);
  break_commit();
  queue.commit();
  CHECK(one.status == 500);
  CHECK(three.status == 200);
  CHECK_FALSE(more.store.has_uncommitted());
}

TEST_CASE_FIXTURE(Queued, "CommitQueue: works again after a failed commit") {
  Response one = change("one");
  const Ticket first(queue, one);
  break_commit();
  queue.commit();
  Response two = change("two");
  const Ticket second(queue, two);
  queue.commit();
  CHECK(two.status == 200);
  CHECK(store.has(region, "two"));
}

TEST_CASE_FIXTURE(Queued, "CommitQueue: forgets a response whose ticket is destroyed") {
  auto gone = std::make_unique<Response>(change("gone"));
  Response one = change("one");
  const Ticket first(queue, one);
  {
    const Ticket ticket(queue, *gone);
    CHECK(queue.size() == 2);
  }
  gone.reset();  // AddressSanitizer reports any later use
  CHECK(queue.size() == 1);
  queue.commit();
  CHECK(one.status == 200);
  CHECK(store.has(region, "gone"));  // its change is committed with the others
}

TEST_CASE_FIXTURE(Queued, "CommitQueue: keeps its order when a ticket in the middle is destroyed") {
  Response one = change("one"), two = change("two"), three = change("three");
  const Ticket first(queue, one);
  auto second = std::make_unique<Ticket>(queue, two);
  const Ticket third(queue, three);
  second.reset();
  break_commit();
  queue.commit();
  CHECK(failed == std::vector<const Response*>{&one, &three});
  CHECK(two.uncommitted == &store);
}

TEST_CASE_FIXTURE(Queued, "CommitQueue: lets tickets outlive their commit") {
  Response one = change("one");
  {
    const Ticket first(queue, one);
    queue.commit();
  }
  CHECK(queue.size() == 0);
}

}  // namespace papersail
