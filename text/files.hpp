// Whole files.
#pragma once

#include <optional>
#include <string>

namespace papersail {

// Returns the bytes of a file; nullopt if it cannot be read.
std::optional<std::string> bytes_of_file(const std::string& path);

}  // namespace papersail
