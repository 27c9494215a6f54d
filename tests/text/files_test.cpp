#include "text/files.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/folder.hpp"

namespace papersail {

TEST_CASE("bytes_of_file: returns the bytes of a file") {
  const Folder folder;
  const std::string bytes("a\0\r\n\xff", 5), path = folder.path() + "/file";
  std::ofstream(path, std::ios::binary) << bytes;
  CHECK(bytes_of_file(path) == bytes);
  std::ofstream(path, std::ios::trunc).flush();
  CHECK(bytes_of_file(path) == "");
}

TEST_CASE("bytes_of_file: returns nothing for a missing file or a folder") {
  const Folder folder;
  CHECK_FALSE(bytes_of_file(folder.path() + "/file"));
  CHECK_FALSE(bytes_of_file(folder.path()));
}

}  // namespace papersail
