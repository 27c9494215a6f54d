// Suggestions for misspelled words.
#pragma once

#include <string>
#include <vector>

namespace papersail {

// Returns the word of `known` that the user most likely meant; "" if none is similar.
std::string similar(const std::string& word, const std::vector<std::string>& known);

}  // namespace papersail
