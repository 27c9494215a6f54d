// Text in columns, for people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace papersail {

// Rows of cells below a heading. Control characters, which a terminal would interpret, become
// spaces; an empty cell is shown as "-".
class Table {
 public:
  explicit Table(std::vector<std::string> heading);

  void add(std::vector<std::string> row);
  bool empty() const { return rows_.size() == 1; }
  // Returns the rows as lines, the heading first. On a terminal, the longest cells are cut so that
  // no line is longer than its width.
  std::string text() const;
  std::string text(std::size_t width) const;  // 0: no limit

 private:
  std::vector<std::vector<std::string>> rows_;
};

// Returns "1 call", "2 calls".
std::string number_of(std::uint64_t number, const std::string& noun);

}  // namespace papersail
