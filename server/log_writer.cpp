#include "server/log_writer.hpp"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace papersail {
namespace {

constexpr std::size_t flush_size = 8 << 10;
constexpr std::size_t max_waiting = 1 << 20;
constexpr auto exit_patience = std::chrono::seconds(2);

bool is_regular_file(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

// Opens the same pipe or terminal again: other processes may share `fd`, and O_NONBLOCK would apply
// to them too. Returns -1 if that is not possible, as for a socket.
int reopened(int fd) {
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  return ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

}  // namespace

LogWriter::LogWriter(int fd) : next_flush_(flush_size) {
  const bool regular = is_regular_file(fd);
  if (!regular) fd_ = reopened(fd);
  if (fd_ >= 0) return;
  fd_ = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  may_block_ = !regular;
}

LogWriter::~LogWriter() {
  finish(exit_patience);
  if (fd_ >= 0) ::close(fd_);
}

void LogWriter::add(std::string_view text) {
  waiting_ += text;
  if (waiting_.size() >= next_flush_) flush();
}

bool LogWriter::is_full() const {
  return waiting_.size() >= max_waiting;
}

// Returns true at once for a regular file and for a pipe whose reader has gone.
bool LogWriter::wait_for_reader(int milliseconds) const {
  pollfd writable{fd_, POLLOUT, 0};
  return fd_ < 0 || ::poll(&writable, 1, milliseconds) > 0;
}

void LogWriter::flush() {
  std::size_t done = 0;
  // A pipe that is writable takes PIPE_BUF bytes without blocking.
  while (done < waiting_.size() && (!may_block_ || wait_for_reader(0))) {
    const std::size_t size = waiting_.size() - done;
    const ssize_t written = ::write(fd_, waiting_.data() + done,
                                    may_block_ ? std::min<std::size_t>(size, PIPE_BUF) : size);
    if (written < 0 && (errno == EAGAIN || errno == EINTR)) break;
    done += written < 0 ? size : static_cast<std::size_t>(written);
  }
  waiting_.erase(0, done);
  next_flush_ = waiting_.size() + flush_size;
}

void LogWriter::finish(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  flush();
  while (!waiting_.empty()) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0 || !wait_for_reader(static_cast<int>(left.count()))) return;
    flush();
  }
}

}  // namespace papersail
