#include "state/store/format.hpp"

#include <stdexcept>
#include <string>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

constexpr std::int64_t newest_format = 3;  // add 1 for each new file in migrations/

std::int64_t format_of(Database& database) {
  Query query = database.query("PRAGMA user_version");
  return query.step() ? query.integer(0) : 0;
}

void run_script(Database& database, const std::string& name) {
  database.execute(std::string(fixture(name).value()).c_str());
}

void set_format(Database& database, std::int64_t format) {
  database.execute(("PRAGMA user_version = " + std::to_string(format)).c_str());
}

// Returns a database with the tables of a new account. A copy of it takes a tenth of the time of
// creating the tables.
Database& new_database() {
  static Database out = [] {
    Database made("");
    run_script(made, "schema.sql");
    made.run("INSERT INTO account (seed, sequence) VALUES (0, 0)");
    set_format(made, newest_format);
    return made;
  }();
  return out;
}

void migrate(Database& database, std::int64_t format) {
  database.begin();
  for (auto next = format + 1; next <= newest_format; ++next) {
    run_script(database, "migrations/" + std::to_string(next) + ".sql");
  }
  set_format(database, newest_format);
  database.commit();
}

}  // namespace

void prepare(Database& database, std::uint64_t seed) {
  const std::int64_t format = format_of(database);
  if (format == newest_format) return;
  if (format > newest_format) {
    throw std::runtime_error("it was written by a newer papersail (format " +
                             std::to_string(format) + "; this version supports up to " +
                             std::to_string(newest_format) + ")");
  }
  if (format > 0) return migrate(database, format);
  new_database().run("UPDATE account SET seed = ?1", static_cast<std::int64_t>(seed));
  database.copy_from(new_database());  // in one transaction
}

}  // namespace papersail
