// Faults in words.
#pragma once

#include <string>

#include "text/json.hpp"

namespace papersail {

// Return parts of the description of a fault as the control API returns it:
// "get ThrottlingException".
std::string effect_of(const json& fault);
// "resource web-*, after 1, times 2"; "" if it has no conditions.
std::string conditions_of(const json& fault);
// "Fault 1: the next 2 requests CreateInstances get ThrottlingException."
std::string fault_sentence(const json& fault);

}  // namespace papersail
