// A folder that one process has for itself.
#pragma once

#include <string>

namespace papersail {

class FolderLock {
 public:
  // Makes the folder if it is not there; "" is none and locks nothing. Throws std::runtime_error if
  // it cannot be written to, or another process has it.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();  // the system does the same for a process that is killed
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace papersail
