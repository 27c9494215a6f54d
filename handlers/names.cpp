#include "handlers/names.hpp"

#include <algorithm>

#include "state/error.hpp"

namespace papersail {
namespace {

constexpr std::size_t longest_name = 255;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

}  // namespace

// The model's pattern is not anchored and so accepts almost everything. The message is recorded
// from the service (hashicorp/terraform-provider-aws#8647); steampipe relies on the code.
void require_valid_name(const std::string& name) {
  if (name.size() >= 2 && name.size() <= longest_name &&
      std::all_of(name.begin(), name.end(), is_name_character)) {
    return;
  }
  throw invalid_input(name +
                          " is not a valid resource name. Resource names must be at least 2 "
                          "characters long and contain only alphanumerics, -, _, and .",
                      invalid_name);
}

}  // namespace papersail
