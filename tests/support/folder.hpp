// A temporary folder, which the destructor deletes.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace papersail {

class Folder {
 public:
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "papersail-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace papersail
