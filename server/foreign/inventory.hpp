// The resources of an account, for services that list them whatever their type.
#pragma once

#include <string_view>
#include <vector>

#include "state/account.hpp"
#include "state/resource.hpp"

namespace papersail {

// Returns the resources of a region ("": all) and a type ("": all) in the order of their names;
// none if the account does not exist.
std::vector<Resource> resources_of(Account* account, std::string_view region,
                                   std::string_view type);

}  // namespace papersail
