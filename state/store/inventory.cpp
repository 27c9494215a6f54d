#include "state/store/inventory.hpp"

#include "text/time_text.hpp"

namespace papersail {
namespace {

// Converts a row that starts with region, type, name, status, due_at.
json entry_of(const Query& row) {
  json out = {{"region", row.text(0)},
              {"type", row.text(1)},
              {"name", row.text(2)},
              {"status", row.text(3)}};
  const auto due = row.maybe_integer(4);
  out["dueAt"] = due ? json(instant_text(*due)) : json();
  return out;
}

}  // namespace

std::map<std::string, std::int64_t> Inventory::count_by_type() {
  Query query = transaction_.read("SELECT type, count(*) FROM resources GROUP BY type");
  std::map<std::string, std::int64_t> out;
  while (query.step()) out.emplace(query.text(0), query.integer(1));
  return out;
}

Page Inventory::list(std::string_view region, std::string_view type, std::string_view token) {
  const std::string list = "inventory " + list_in(region, type);
  Query query = transaction_.read(
      "SELECT region, type, name, status, due_at, id FROM resources"
      " WHERE id < ?1 AND (?2 = '' OR region = ?2) AND (?3 = '' OR type = ?3)"
      " ORDER BY id DESC LIMIT ?4",
      last_id_of(list, token), region, type, page_size + 1);
  Page page;
  for (std::int64_t last = 0; query.step(); last = query.integer(5)) {
    if (page.elements.size() == page_size) {
      page.next_token = page_token(list, std::to_string(last));
      break;
    }
    page.elements.push_back(entry_of(query));
  }
  return page;
}

json Inventory::entry(std::string_view region, std::string_view name) {
  Query query = transaction_.read(
      "SELECT region, type, name, status, due_at, doc FROM resources"
      " WHERE region = ?1 AND name = ?2",
      region, name);
  if (!query.step()) return nullptr;
  json out = entry_of(query);
  out["document"] = raw_json(query.text(5));
  return out;
}

}  // namespace papersail
