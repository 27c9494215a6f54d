#include "state/store/sqlite.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>

namespace papersail {
namespace {

struct Table {
  Table() { database.execute("CREATE TABLE t (a ANY, b ANY)"); }
  Database database{""};
};

}  // namespace

TEST_CASE_FIXTURE(Table, "Query: returns the values that were bound") {
  const std::string text("a\0ä\xff", 5);
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  database.run("INSERT INTO t VALUES (?1, ?2)", text, most);
  database.run("INSERT INTO t VALUES (?1, ?2)", std::string_view(), std::optional<std::int64_t>());
  Query query = database.query("SELECT a, b FROM t ORDER BY rowid");
  REQUIRE(query.step());
  CHECK(query.text(0) == text);
  CHECK(query.integer(1) == most);
  REQUIRE(query.step());
  CHECK(query.text(0) == "");
  CHECK_FALSE(query.maybe_integer(1).has_value());
  CHECK_FALSE(query.step());
}

TEST_CASE_FIXTURE(Table, "Query: binds a view without data as empty text, not as NULL") {
  database.run("INSERT INTO t VALUES (?1, 1)", std::string_view());
  CHECK(database.query("SELECT 1 FROM t WHERE a = ''").step());
}

TEST_CASE_FIXTURE(Table, "Database: reuses a statement, also after it failed") {
  database.execute("CREATE UNIQUE INDEX i ON t (a)");
  for (int i = 0; i < 3; ++i) {
    CHECK_THROWS_WITH_AS(
        {
          database.run("INSERT INTO t VALUES (?1, ?2)", "same", i);
          database.run("INSERT INTO t VALUES (?1, ?2)", "same", i);
        },
        "sqlite: UNIQUE constraint failed: t.a", std::runtime_error);
  }
  CHECK_NOTHROW(database.run("INSERT INTO t VALUES (?1, ?2)", "other", 1));
}

TEST_CASE_FIXTURE(Table,
                  "Database: query throws logic_error when a query with the same text is active") {
  database.run("INSERT INTO t VALUES (1, 2), (3, 4)");
  constexpr const char* sql = "SELECT a FROM t";
  Query outer = database.query(sql);
  REQUIRE(outer.step());
  CHECK_THROWS_AS(database.query(sql), std::logic_error);
  CHECK(outer.step());
}

TEST_CASE_FIXTURE(Table, "Database: query throws SQLite's message for invalid SQL, each time") {
  for (int i = 0; i < 2; ++i) {
    CHECK_THROWS_WITH_AS(database.query("SELECT missing FROM t"), "sqlite: no such column: missing",
                         std::runtime_error);
  }
}

TEST_CASE_FIXTURE(Table, "Database: commit and roll_back end a transaction") {
  const auto count = [this] {
    Query query = database.query("SELECT count(*) FROM t");
    query.step();
    return query.integer(0);
  };
  database.begin();
  CHECK(database.in_transaction());
  database.run("INSERT INTO t VALUES (1, 2)");
  database.roll_back();
  CHECK(count() == 0);
  database.roll_back();
  database.commit();
  CHECK_FALSE(database.in_transaction());
  database.begin();
  database.run("INSERT INTO t VALUES (1, 2)");
  database.commit();
  database.roll_back();
  CHECK(count() == 1);
}

TEST_CASE_FIXTURE(Table,
                  "Database: undo_savepoint rolls back only the writes since the savepoint") {
  database.begin();
  database.run("INSERT INTO t VALUES (1, 2)");
  database.begin_savepoint();
  database.run("INSERT INTO t VALUES (3, 4)");
  database.undo_savepoint();
  database.begin_savepoint();
  database.run("INSERT INTO t VALUES (5, 6)");
  database.keep_savepoint();
  database.commit();
  Query query = database.query("SELECT group_concat(a) FROM t");
  REQUIRE(query.step());
  CHECK(query.text(0) == "1,5");
}

TEST_CASE("Database: throws when the file cannot be opened") {
  CHECK_THROWS_AS(Database("/no/such/folder/file"), std::runtime_error);
}

TEST_CASE_FIXTURE(Table, "Database: of returns a writable copy of the committed data") {
  database.run("INSERT INTO t VALUES (?1, 7)", std::string(10'000, 'x'));
  Database copy = Database::of(database.bytes());
  const auto count = [](Database& of) {
    Query query = of.query("SELECT count(*) FROM t");
    query.step();
    return query.integer(0);
  };
  CHECK(count(copy) == 1);
  copy.run("INSERT INTO t SELECT a, 8 FROM t");
  CHECK(count(copy) == 2);
  CHECK(count(database) == 1);
  database.copy_from(copy);
  CHECK(count(database) == 2);
  copy.run("DELETE FROM t");
  CHECK(count(database) == 2);
}

TEST_CASE_FIXTURE(Table, "Database: of refuses invalid bytes; a failed copy_from changes nothing") {
  CHECK_THROWS_WITH_AS(Database::of("short"), "not a database", std::runtime_error);
  CHECK_THROWS_AS(Database::of(std::string(5000, 'x')), std::runtime_error);
  database.run("INSERT INTO t VALUES (1, 2)");
  Database other = Database::of(database.bytes());
  other.run("DELETE FROM t");
  {
    Query under_way = database.query("SELECT a FROM t");
    under_way.step();
    CHECK_THROWS_AS(database.copy_from(other), std::runtime_error);
  }
  Query query = database.query("SELECT b FROM t");
  REQUIRE(query.step());
  CHECK(query.integer(0) == 2);
}

}  // namespace papersail
