#include "state/store/operations.hpp"

#include <string>
#include <utility>

namespace papersail {
namespace {

// Converts a row of id, uuid, type, region, zone, resource_name, resource_type, details,
// created_at, ends_at, error_code, error_details.
json operation_json(const Query& row, Millis now) {
  return raw_json(
      to_json({row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6),
               row.maybe_text(7), row.integer(8), row.integer(9), row.text(10), row.text(11)},
              now));
}

Page operation_page(Query query, std::string_view list, Millis now) {
  Page page;
  for (std::int64_t last = 0; query.step(); last = query.integer(0)) {
    if (page.elements.size() == page_size) {
      page.next_token = page_token(list, std::to_string(last));
      break;
    }
    page.elements.push_back(operation_json(query, now));
  }
  return page;
}

}  // namespace

void Operations::add(const Operation& operation) {
  transaction_.write(
      "INSERT INTO operations (uuid, type, region, zone, resource_name, resource_type, details,"
      " created_at, ends_at, error_code, error_details)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      operation.id, operation.type, operation.region, operation.zone, operation.resource_name,
      operation.resource_type, operation.details, operation.created_at, operation.ends_at,
      operation.error_code, operation.error_details);
}

json Operations::find(std::string_view region, std::string_view id, Millis now) {
  Query query =
      transaction_.read("SELECT * FROM operations WHERE uuid = ?1 AND region = ?2", id, region);
  return query.step() ? operation_json(query, now) : json();
}

Page Operations::list(std::string_view region, std::string_view token, Millis now) {
  const std::string list = list_in(region, "operations");
  return operation_page(transaction_.read("SELECT * FROM operations WHERE region = ?1 AND id < ?2"
                                          " ORDER BY id DESC LIMIT ?3",
                                          region, last_id_of(list, token), page_size + 1),
                        list, now);
}

Page Operations::list_for(std::string_view region, std::string_view resource,
                          std::string_view token, Millis now) {
  const std::string list = list_in(region, "operations for " + std::string(resource));
  return operation_page(
      transaction_.read("SELECT * FROM operations WHERE region = ?1 AND resource_name = ?2"
                        " AND id < ?3 ORDER BY id DESC LIMIT ?4",
                        region, resource, last_id_of(list, token), page_size + 1),
      list, now);
}

std::int64_t Operations::count() {
  Query query = transaction_.read("SELECT count(*) FROM operations");
  query.step();
  return query.integer(0);
}

}  // namespace papersail
