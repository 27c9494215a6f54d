// Captures the log of this process.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "server/log.hpp"

namespace papersail {

// The log goes to a file while the object lives, and is off afterwards.
class CapturedLog {
 public:
  explicit CapturedLog(const std::string& format = "text", const std::string& level = "info") {
    open_log(log_level_of(level), log_format_of(format), file_);
  }
  ~CapturedLog() {
    open_log(LogLevel::off, LogFormat::text);
    ::close(file_);
  }
  CapturedLog(const CapturedLog&) = delete;
  CapturedLog& operator=(const CapturedLog&) = delete;

  std::string text() const {
    flush_log();
    std::string out(1 << 20, '\0');
    const ssize_t size = ::pread(file_, out.data(), out.size(), 0);
    out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return out;
  }

 private:
  const int file_ = ::open(P_tmpdir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
};

}  // namespace papersail
