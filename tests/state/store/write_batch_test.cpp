#include "state/store/write_batch.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace papersail {
namespace {

struct Table {
  Table() { database.execute("CREATE TABLE t (a TEXT UNIQUE, b)"); }

  std::int64_t count() {
    Query query = database.query("SELECT count(*) FROM t");
    query.step();
    return query.integer(0);
  }

  Database database{""};
  WriteBatch batch;
};

}  // namespace

TEST_CASE_FIXTURE(Table, "WriteBatch: keeps copies of values of every type until it is flushed") {
  std::string text = "text";
  batch.add("INSERT INTO t VALUES (?1, ?2)", text, std::string_view());
  batch.add("INSERT INTO t VALUES (?1, ?2)", std::optional<std::string>(),
            std::optional<std::int64_t>(7));
  text = "gone";
  CHECK(count() == 0);
  batch.flush(database);
  CHECK(batch.empty());
  CHECK(database.query("SELECT 1 FROM t WHERE a = 'text' AND b = ''").step());
  CHECK(database.query("SELECT 1 FROM t WHERE a IS NULL AND b = 7").step());
  CHECK(count() == 2);
}

TEST_CASE_FIXTURE(Table, "WriteBatch: runs the statements in their order") {
  batch.add("INSERT INTO t VALUES ('a', 1)");
  batch.add("UPDATE t SET b = b + 1");
  batch.add("INSERT INTO t VALUES ('b', 1)");
  batch.flush(database);
  Query query = database.query("SELECT sum(b) FROM t");
  CHECK(query.step());
  CHECK(query.integer(0) == 3);
}

TEST_CASE_FIXTURE(Table, "WriteBatch: is empty after a statement that fails") {
  batch.add("INSERT INTO t VALUES ('a', 1)");
  batch.add("INSERT INTO t VALUES ('a', 2)");
  batch.add("INSERT INTO t VALUES ('b', 3)");
  CHECK_THROWS_AS(batch.flush(database), std::runtime_error);
  CHECK(batch.empty());
  CHECK(count() == 1);
}

TEST_CASE_FIXTURE(Table, "WriteBatch: clear drops the statements") {
  batch.add("INSERT INTO t VALUES ('a', 1)");
  batch.clear();
  batch.flush(database);
  CHECK(count() == 0);
}

}  // namespace papersail
