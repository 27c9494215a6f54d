// Takes, restores and forks copies of accounts.
#include <stdexcept>

#include "state/store/checkpoints.hpp"
#include "state/store/format.hpp"
#include "text/hash.hpp"

namespace papersail {
namespace {

std::string saved_clock(Database& copy) {
  Query query = copy.query("SELECT clock FROM account");
  query.step();
  return std::string(query.text(0));
}

std::int64_t count(Query query) {
  query.step();
  return query.integer(0);
}

// Replaces the account's id where ARNs contain it: in documents, in their scheduled changes and in
// the details of operations.
void rename_account(Database& copy, const std::string& from, const std::string& to) {
  const std::string old_part = ":" + from + ":", new_part = ":" + to + ":";
  copy.run("UPDATE resources SET doc = replace(doc, ?1, ?2), internal = replace(internal, ?1, ?2)",
           old_part, new_part);
  copy.run(
      "UPDATE changes SET doc_patch = replace(doc_patch, ?1, ?2),"
      " internal_patch = replace(internal_patch, ?1, ?2)",
      old_part, new_part);
  copy.run("UPDATE operations SET details = replace(details, ?1, ?2) WHERE details IS NOT NULL",
           old_part, new_part);
}

// Moves a fork to a distant position of the same stream of ids, so that the two accounts draw
// different ids. Constants of the account, such as the number of its support codes, stay the same.
std::int64_t fork_sequence_offset(const std::string& account) {
  return static_cast<std::int64_t>(hash_of(account) >> 8);
}

Database copy_with_clock(Account& account) try {
  settle(account);
  Database out = account.store.copy();
  out.run("UPDATE account SET clock = ?1", account.clock.saved());
  return out;
} catch (...) {
  account.store.roll_back();
  throw;
}

void become(Account& account, Database& copy, const Clock& clock) {
  copy.run("UPDATE account SET clock = ?1", clock.saved());
  account.store.replace_by(copy);
  account.clock = clock;
}

}  // namespace

std::string copy_of(Account& account) {
  return copy_with_clock(account).bytes();
}

CopyFacts facts_of(std::string_view bytes) {
  Database copy = Database::of(bytes);
  prepare(copy, 0);
  return {Clock::resumed(saved_clock(copy)), count(copy.query("SELECT count(*) FROM resources")),
          count(copy.query("SELECT count(*) FROM operations"))};
}

void restore(Account& account, std::string_view bytes) {
  Database copy = Database::of(bytes);
  prepare(copy, 0);
  become(account, copy, Clock::resumed(saved_clock(copy)));
}

void fork(Account& from, Account& to) {
  Database copy = copy_with_clock(from);
  rename_account(copy, from.id, to.id);
  copy.run("UPDATE account SET sequence = sequence + ?1", fork_sequence_offset(to.id));
  become(to, copy, from.clock);
}

}  // namespace papersail
