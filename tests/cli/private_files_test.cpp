// The files of a data folder contain private keys and passwords.
#include <filesystem>

#include "tests/support/folder.hpp"
#include "tests/support/serving.hpp"

namespace papersail {

TEST_CASE("--data: only the user can read the files and folders") {
  using std::filesystem::perms;
  const Folder folder;
  const Serving server({"--data", folder / "data"});
  server.call("CreateInstances", new_instance());
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "data")) {
    CAPTURE(entry.path());
    const perms others = perms::group_all | perms::others_all;
    CHECK((entry.status().permissions() & others) == perms::none);
    ++files;
  }
  CHECK(files >= 2);
  CHECK((std::filesystem::status(folder / "data").permissions() & perms::others_all) ==
        perms::none);
}

}  // namespace papersail
