#include "cli/table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "text/strings.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

constexpr std::size_t gap = 2, narrowest = 6;

std::string cell(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == 127) c = ' ';
  }
  return text.empty() ? "-" : text;
}

// Returns the text, cut to `width` characters, with spaces up to it.
std::string fitted(const std::string& text, std::size_t width) {
  const std::size_t length = characters_in(text);
  if (length <= width) return text + std::string(width - length, ' ');
  std::string out;
  std::size_t taken = 0;
  for (const char c : text) {
    if (!continues_character(c) && ++taken >= width) break;
    out += c;
  }
  return out + "~";
}

// Makes the widest columns narrower until the line fits.
void shrink(std::vector<std::size_t>& widths, std::size_t line) {
  const std::size_t gaps = gap * (widths.size() - 1);
  while (std::accumulate(widths.begin(), widths.end(), gaps) > line) {
    std::size_t& widest = *std::max_element(widths.begin(), widths.end());
    if (widest <= narrowest) return;
    --widest;
  }
}

}  // namespace

Table::Table(std::vector<std::string> heading) : rows_{std::move(heading)} {}

void Table::add(std::vector<std::string> row) {
  for (std::string& text : row) text = cell(std::move(text));
  rows_.push_back(std::move(row));
}

std::string Table::text() const {
  return text(output_width());
}

std::string Table::text(std::size_t width) const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], characters_in(row[i]));
    }
  }
  if (width > 0) shrink(widths, width);
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += fitted(row[i], widths[i]) + std::string(gap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += (&row == &rows_.front() ? painted(line, Colour::bold) : line) + '\n';
  }
  return out;
}

std::string number_of(std::uint64_t number, const std::string& noun) {
  return std::to_string(number) + ' ' + noun + (number == 1 ? "" : "s");
}

}  // namespace papersail
