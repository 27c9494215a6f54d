#include "state/store/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace papersail {

FolderLock::FolderLock(const std::string& folder) {
  if (folder.empty()) return;
  std::error_code ignored;  // opening the file reports the error
  std::filesystem::create_directories(folder, ignored);
  file_ = ::open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) {
    throw std::runtime_error("cannot write to " + folder + " as uid " +
                             std::to_string(::geteuid()) + ": " + std::strerror(errno));
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(file_);
  throw std::runtime_error(folder + " is in use by another papersail");
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace papersail
