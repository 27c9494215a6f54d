// The part of Store that concerns the account as a whole: clock, lifecycle, copies.
#include "state/store/store.hpp"

namespace papersail {

void Store::follow(Lifecycle own) {
  write("UPDATE account SET lifecycle = ?1", own.description().dump());
  commit();
  own_lifecycle_ = std::move(own);
}

std::string Store::saved_clock() {
  Query query = read("SELECT clock FROM account");
  query.step();
  return std::string(query.text(0));
}

void Store::save_clock(std::string_view saved) {
  write("UPDATE account SET clock = ?1", saved);
}

bool Store::is_empty() {
  Query query = read("SELECT 1 FROM resources UNION ALL SELECT 1 FROM operations LIMIT 1");
  return !query.step();
}

Database Store::copy() {
  commit();
  Database out = Database::of(database_.bytes());
  // Stores the sequence number that is in use, not the reserved one: the next ids are then the same
  // in the account and in its copy.
  out.run("UPDATE account SET sequence = ?1", static_cast<std::int64_t>(ids_.sequence()));
  return out;
}

void Store::become(Database& copy) {
  roll_back();
  database_.copy_from(copy);
  read_account();
  next_due_ = 0;
}

}  // namespace papersail
