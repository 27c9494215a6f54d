#include "state/store/format.hpp"

#include <stdexcept>
#include <string>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

constexpr std::int64_t newest_format = 4;  // add 1 for each new file in migrations/

std::int64_t format_of(Database& database) {
  Query query = database.query("PRAGMA user_version");
  return query.step() ? query.integer(0) : 0;
}

void run_script(Database& database, const std::string& name) {
  database.execute(std::string(fixture(name).value()).c_str());
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
  database.begin();
  if (format == 0) {
    run_script(database, "schema.sql");
    database.run("INSERT INTO account (seed, sequence) VALUES (?1, 0)",
                 static_cast<std::int64_t>(seed));
  } else {
    for (auto next = format + 1; next <= newest_format; ++next) {
      run_script(database, "migrations/" + std::to_string(next) + ".sql");
    }
  }
  database.execute(("PRAGMA user_version = " + std::to_string(newest_format)).c_str());
  database.commit();
}

}  // namespace papersail
