#include "state/store.hpp"

namespace papersail {

bool Store::has_seed(std::uint64_t key) {
  return database_.query("SELECT 1 FROM seeds WHERE key = ?1", static_cast<std::int64_t>(key))
      .step();
}

void Store::add_seed(std::uint64_t key) {
  begin_writing();
  database_.run("INSERT INTO seeds (key) VALUES (?1)", static_cast<std::int64_t>(key));
}

}  // namespace papersail
