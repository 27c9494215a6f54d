// A thing that an account owns.
#pragma once

#include <cstdint>
#include <string>

#include "text/json.hpp"

namespace papersail {

struct Resource {
  std::int64_t id = 0;  // 0: not stored yet
  std::string region;   // of its namespace; names are unique in it, whatever their type
  std::string type;     // as in the API's resourceType
  std::string name;
  json doc;                        // exactly what the API shows
  json internal = json::object();  // state that the API does not show: passwords, runs, schedules
};

// Where a resource's state stands in its document: "/state/name" for instances, "/state" for most,
// "" for types that have none.
const json::json_pointer* status_pointer(const std::string& type);

// The state that the document shows; "" for types that have none. A disk in use shows a finer one
// while it is on its way, "attaching" or "detaching".
std::string status_of(const Resource& resource);

}  // namespace papersail
