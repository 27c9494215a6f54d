#include "state/store/store.hpp"

namespace papersail {

bool Store::has_seed(std::uint64_t key) {
  return read("SELECT 1 FROM seeds WHERE key = ?1", static_cast<std::int64_t>(key)).step();
}

void Store::add_seed(std::uint64_t key) {
  write("INSERT INTO seeds (key) VALUES (?1)", static_cast<std::int64_t>(key));
}

}  // namespace papersail
