#include "cli/table.hpp"

#include <algorithm>

#include "text/strings.hpp"

namespace papersail {
namespace {

using Row = std::vector<std::string>;

std::string cell(const json& value) {
  if (value.is_null()) return "-";
  if (!value.is_string()) return printed(value);
  std::string text = value.get<std::string>();
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == 127) c = ' ';  // a terminal would interpret it
  }
  return text.empty() ? "-" : text;
}

std::string aligned(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += row[i];
      if (i + 1 < row.size()) out.append(widths[i] - row[i].size() + 2, ' ');
    }
    out += '\n';
  }
  return out;
}

// Returns the names of all members of the objects, in the order of their first appearance.
Row head_of(const json& list) {
  Row head;
  for (const json& element : list) {
    for (const auto& member : element.items()) {
      if (std::find(head.begin(), head.end(), member.key()) == head.end()) {
        head.push_back(member.key());
      }
    }
  }
  return head;
}

bool is_list_of_objects(const json& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const json& one) { return one.is_object(); });
}

}  // namespace

std::string table_of(const json& list, const std::vector<std::string>& members) {
  std::vector<Row> rows = {members};
  for (const json& element : list) {
    Row row;
    for (const std::string& name : members) {
      const auto found = element.find(name);
      row.push_back(found == element.end() ? "-" : cell(*found));
    }
    rows.push_back(std::move(row));
  }
  return aligned(rows);
}

std::string table_of(const json& value) {
  if (is_list_of_objects(value)) return table_of(value, head_of(value));
  std::vector<Row> rows;
  if (value.is_object()) {
    for (const auto& member : value.items()) rows.push_back({member.key(), cell(member.value())});
  } else if (value.is_array()) {
    for (const json& element : value) rows.push_back({cell(element)});
  } else {
    rows.push_back({cell(value)});
  }
  return aligned(rows);
}

}  // namespace papersail
