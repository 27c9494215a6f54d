// An exclusive lock of a folder.
#pragma once

#include <string>

namespace papersail {

class FolderLock {
 public:
  // Creates the folder if necessary and locks it; "" locks nothing. Throws std::runtime_error if
  // the folder is not writable or another process has locked it.
  explicit FolderLock(const std::string& folder);
  ~FolderLock();  // unlocks; the kernel does so for a killed process
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace papersail
