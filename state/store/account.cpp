// The part of Store that concerns the account as a whole: clock, lifecycle, seeds, copies.
#include "state/store/store.hpp"

namespace papersail {

void Store::read_account() {
  Query account = database_.query("SELECT seed, sequence, lifecycle FROM account");
  account.step();
  reserved_sequence_ = committed_sequence_ = call_start_sequence_ =
      static_cast<std::uint64_t>(account.integer(1));
  ids_ = Ids(static_cast<std::uint64_t>(account.integer(0)), committed_sequence_);
  own_lifecycle_.reset();
  if (!account.text(2).empty()) own_lifecycle_ = Lifecycle::of(parse_json(account.text(2)));
}

void Store::set_lifecycle(Lifecycle own) {
  transaction_.write("UPDATE account SET lifecycle = ?1", own.description().dump());
  commit();
  own_lifecycle_ = std::move(own);
}

std::string Store::saved_clock() {
  Query query = transaction_.read("SELECT clock FROM account");
  query.step();
  return std::string(query.text(0));
}

void Store::save_clock(std::string_view saved) {
  transaction_.write("UPDATE account SET clock = ?1", saved);
}

bool Store::is_empty() {
  Query query =
      transaction_.read("SELECT 1 FROM resources UNION ALL SELECT 1 FROM operations LIMIT 1");
  return !query.step();
}

bool Store::has_seed(std::uint64_t key) {
  return transaction_.read("SELECT 1 FROM seeds WHERE key = ?1", static_cast<std::int64_t>(key))
      .step();
}

void Store::add_seed(std::uint64_t key) {
  transaction_.write("INSERT INTO seeds (key) VALUES (?1)", static_cast<std::int64_t>(key));
}

std::vector<std::uint64_t> Store::seeds() {
  Query query = transaction_.read("SELECT key FROM seeds");
  std::vector<std::uint64_t> out;
  while (query.step()) out.push_back(static_cast<std::uint64_t>(query.integer(0)));
  return out;
}

void Store::set_seeds(const std::vector<std::uint64_t>& keys) {
  transaction_.write("DELETE FROM seeds");
  for (const std::uint64_t key : keys) add_seed(key);
}

Database Store::copy() {
  commit();
  Database out = Database::of(database_.bytes());
  // Stores the sequence number that is in use, not the reserved one: the next ids are then the same
  // in the account and in its copy.
  out.run("UPDATE account SET sequence = ?1", static_cast<std::int64_t>(ids_.sequence()));
  return out;
}

void Store::replace_by(Database& copy) {
  roll_back();
  database_.copy_from(copy);
  read_account();
}

}  // namespace papersail
