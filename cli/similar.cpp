#include "cli/similar.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace papersail {
namespace {

// Returns how many letters must be inserted, deleted or replaced to make one word of the other.
std::size_t distance(const std::string& one, const std::string& other) {
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t replaced = diagonal + (one[i] == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string similar(const std::string& word, const std::vector<std::string>& known) {
  std::string best;
  // A letter costs 2, any number of letters at the end 3.
  std::size_t least = 2 * std::max<std::size_t>(word.size() / 3, 1) + 2;
  for (const std::string& one : known) {
    const bool begins = word.size() > 2 && one.starts_with(word);
    const std::size_t letters = 2 * distance(word, one);
    const std::size_t here = begins ? std::min<std::size_t>(letters, 3) : letters;
    if (here < least) {
      least = here;
      best = one;
    }
  }
  return best;
}

}  // namespace papersail
