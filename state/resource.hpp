// A resource of an account.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/document.hpp"
#include "text/json.hpp"

namespace papersail {

struct Resource {
  std::int64_t id = 0;  // 0: not stored yet
  std::string region;   // names are unique in a region, across types
  std::string type;     // as in the API's resourceType
  std::string name;
  Document doc;                    // as the API returns it
  Document internal;               // not returned by the API: passwords, runs, schedules
  std::string stored_status = {};  // the state when it was last read or stored
};

// Returns the place of the state in documents of this type: "/state/name" for instances,
// "/state" or "/status" for most; nullopt for types that have none.
std::optional<json::json_pointer> status_pointer(std::string_view type);

// Returns the state in the document; "" for types that have none. For a disk in use that is being
// attached or detached, returns the finer "attaching" or "detaching".
std::string status_of(const Resource& resource);

// Returns a number from which values are derived that are not stored, such as metrics; another one
// for each label. It does not depend on the account, so that a fork has the same values.
std::uint64_t seed_of(const Resource& resource, std::string_view label = "");

}  // namespace papersail
