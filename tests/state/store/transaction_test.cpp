#include "state/store/transaction.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

namespace papersail {
namespace {

struct Calls {
  Calls() { database.execute("CREATE TABLE t (a TEXT UNIQUE)"); }

  void insert(const char* value) { transaction.write("INSERT INTO t VALUES (?1)", value); }
  // Returns the values as the present call reads them.
  std::string read() {
    Query query = transaction.read("SELECT group_concat(a, '') FROM (SELECT a FROM t ORDER BY a)");
    query.step();
    return std::string(query.text(0));
  }

  Database database{""};
  Transaction transaction{database};
};

}  // namespace

TEST_CASE_FIXTURE(Calls, "Transaction: a call reads its own writes") {
  insert("a");
  CHECK(transaction.call_has_written());
  CHECK(read() == "a");
  insert("b");
  CHECK(read() == "ab");
  transaction.end_call();
  CHECK_FALSE(transaction.call_has_written());
  CHECK(transaction.is_open());
}

TEST_CASE_FIXTURE(Calls, "Transaction: a failed call leaves the earlier calls of its group") {
  insert("a");
  transaction.end_call();
  SUBCASE("buffered") {
    insert("b");
  }
  SUBCASE("run, because the call reads") {
    insert("b");
    CHECK(read() == "ab");
    insert("c");
  }
  transaction.rollback_call();
  CHECK(read() == "a");
  insert("d");
  transaction.commit();
  CHECK(read() == "ad");
  CHECK_FALSE(transaction.is_open());
}

TEST_CASE_FIXTURE(Calls, "Transaction: the first call of a group can fail alone") {
  insert("a");
  CHECK(read() == "a");
  transaction.rollback_call();
  CHECK_FALSE(transaction.is_open());
  insert("b");
  transaction.commit();
  CHECK(read() == "b");
}

TEST_CASE_FIXTURE(Calls, "Transaction: roll_back restores the state of the last commit") {
  insert("a");
  transaction.commit();
  insert("b");
  transaction.end_call();
  insert("c");
  CHECK(read() == "abc");
  transaction.roll_back();
  CHECK(read() == "a");
}

TEST_CASE_FIXTURE(Calls, "Transaction: commit reports that a write has lost the group") {
  insert("a");
  transaction.end_call();
  insert("a");
  CHECK_THROWS_AS(transaction.end_call(), std::runtime_error);
  transaction.rollback_call();
  CHECK_THROWS_WITH_AS(transaction.commit(),
                       "the changes since the last commit could not be written",
                       std::runtime_error);
  transaction.roll_back();
  CHECK(read().empty());
}

TEST_CASE_FIXTURE(Calls, "Transaction: the version changes with each write and rollback") {
  const auto first = transaction.version();
  CHECK(read().empty());
  CHECK(transaction.version() == first);
  insert("a");
  const auto written = transaction.version();
  CHECK(written != first);
  transaction.rollback_call();
  CHECK(transaction.version() != written);
  CHECK(transaction.version() != first);
}

}  // namespace papersail
