// Operations: the records of changes that nearly every mutating action returns.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/time.hpp"

namespace papersail {

// The end is known when the operation starts, so an operation never changes: its status depends on
// the clock only. Does not own its texts.
struct Operation {
  std::string_view id;             // a UUID
  std::string_view type;           // as in operationType: "CreateInstance"
  std::string_view region;         // of the resource's location
  std::string_view zone;           // of the resource's location; empty: it has none
  std::string_view resource_name;  // the resource that changes
  std::string_view resource_type;
  std::optional<std::string_view> details;
  Millis created_at = 0;
  Millis ends_at = 0;
  std::string_view error_code;  // empty: it ends Succeeded; otherwise Failed
  std::string_view error_details;
};

// Returns the operation's JSON text as the API returns it at `now`.
std::string to_json(const Operation& operation, Millis now);

}  // namespace papersail
