// Lists of the resources of all regions and types, for the control API.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "state/page.hpp"
#include "state/store/transaction.hpp"
#include "text/json.hpp"

namespace papersail {

class Inventory {
 public:
  // `transaction` must outlive the object.
  explicit Inventory(Transaction& transaction) : transaction_(transaction) {}

  // Returns the number of resources of each type.
  std::map<std::string, std::int64_t> count_by_type();
  // Returns resources of a region and type ("": all), newest first, as {"region", "type", "name",
  // "status", "dueAt"}. Throws invalid_input for an invalid token.
  Page list(std::string_view region, std::string_view type, std::string_view token);
  // Returns such an entry for one resource, with its "document"; null if there is none.
  json entry(std::string_view region, std::string_view name);

 private:
  Transaction& transaction_;
};

}  // namespace papersail
