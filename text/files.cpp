#include "text/files.hpp"

#include <fstream>
#include <iterator>

namespace papersail {

std::optional<std::string> bytes_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  file.peek();  // a folder can be opened but not read
  if (!file.is_open() || file.bad()) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace papersail
