// The record of a change, which nearly every mutating action answers with.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/time.hpp"

namespace papersail {

// Its end is known when it begins, so it never changes: whether it is over is a question to the
// clock. Views live as long as what they were taken from.
struct Operation {
  std::string_view id;             // a UUID
  std::string_view type;           // as in operationType: "CreateInstance"
  std::string_view region;         // of the resource's location
  std::string_view zone;           // the same; empty: it is in none
  std::string_view resource_name;  // whose change it is
  std::string_view resource_type;
  std::optional<std::string_view> details;
  Millis created_at = 0;
  Millis ends_at = 0;
  std::string_view error_code;  // empty: it ends Succeeded, else Failed
  std::string_view error_details;
};

// Its JSON text as the API shows it at `now`.
std::string to_json(const Operation& operation, Millis now);

}  // namespace papersail
