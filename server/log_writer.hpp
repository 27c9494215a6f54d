// Writes text to a file descriptor without waiting for its reader.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace papersail {

// Buffers the text that the reader does not take yet: a terminal that is stopped, or a pipe whose
// reader is busy.
class LogWriter {
 public:
  // Uses a duplicate of `fd`.
  explicit LogWriter(int fd);
  // Waits for the reader for up to two seconds.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  void add(std::string_view text);
  // True if so much text waits for the reader that nothing should be added.
  bool is_full() const;
  // Writes as much as the reader takes now. Discards the text if it cannot be written at all.
  void flush();
  // Writes everything, but waits for the reader no longer than `patience`.
  void finish(std::chrono::milliseconds patience);

 private:
  bool wait_for_reader(int milliseconds) const;

  int fd_ = -1;
  bool may_block_ = false;  // a write of more than PIPE_BUF bytes may wait for the reader
  std::string waiting_;
  std::size_t next_flush_;  // size of `waiting_` at which `add` writes
};

}  // namespace papersail
