// Writing to a reader that does not read.
#include "server/log_writer.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>

namespace papersail {
namespace {

// A channel whose reader reads only when the test says so.
struct Channel {
  int ends[2] = {-1, -1};

  ~Channel() {
    close_reader();
    ::close(ends[1]);
  }
  void close_reader() {
    if (ends[0] >= 0) ::close(ends[0]);
    ends[0] = -1;
  }
  // Reads what is there.
  std::string read() const {
    std::string out(4 << 20, '\0');
    const ssize_t size = ::read(ends[0], out.data(), out.size());
    out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return out;
  }
};

struct Pipe : Channel {
  Pipe() {
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    REQUIRE(::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
  }
};

struct SocketPair : Channel {
  SocketPair() {
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    REQUIRE(::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
  }
};

constexpr auto no_patience = std::chrono::milliseconds(0);
const std::string line = std::string(99, 'x') + '\n';

// Adds lines until the writer is full and returns all of them.
std::string fill(LogWriter& writer) {
  std::string out;
  for (int i = 0; !writer.is_full(); ++i) {
    const std::string numbered = std::to_string(i) + line;
    writer.add(numbered);
    out += numbered;
  }
  return out;
}

// Reads and flushes by turns until nothing comes.
std::string drain(LogWriter& writer, const Channel& channel) {
  std::string out;
  for (std::string part = channel.read(); !part.empty(); part = channel.read()) {
    out += part;
    writer.flush();
  }
  return out;
}

void check_stalled_reader(const Channel& channel) {
  LogWriter writer(channel.ends[1]);
  const std::string text = fill(writer);
  CHECK(text.size() > (1 << 20));
  CHECK(drain(writer, channel) == text);
  CHECK_FALSE(writer.is_full());
  writer.add("end\n");
  writer.flush();
  CHECK(channel.read() == "end\n");
}

}  // namespace

TEST_CASE("LogWriter: buffers text until the reader takes it") {
  check_stalled_reader(Pipe());
  check_stalled_reader(SocketPair());
}

TEST_CASE("LogWriter: does not change the flags of the descriptor, which others may share") {
  const Pipe pipe;
  const LogWriter writer(pipe.ends[1]);
  CHECK((::fcntl(pipe.ends[1], F_GETFL) & O_NONBLOCK) == 0);
}

TEST_CASE("LogWriter: writes without a flush when much text waits") {
  const Pipe pipe;
  LogWriter writer(pipe.ends[1]);
  writer.add(line);
  CHECK(pipe.read().empty());
  for (int i = 0; i < 100; ++i) writer.add(line);
  CHECK(pipe.read().size() >= 8 << 10);
}

TEST_CASE("LogWriter: writes everything at its end") {
  const Pipe pipe;
  { LogWriter(pipe.ends[1]).add("last\n"); }
  CHECK(pipe.read() == "last\n");
}

TEST_CASE("LogWriter: finish gives up when the reader does not read") {
  const Pipe pipe;
  LogWriter writer(pipe.ends[1]);
  const std::string text = fill(writer);
  writer.finish(no_patience);
  writer.finish(std::chrono::milliseconds(1));
  CHECK(writer.is_full());
  CHECK(drain(writer, pipe) == text);
}

TEST_CASE("LogWriter: discards text that nobody can read") {
  Pipe pipe;
  LogWriter writer(pipe.ends[1]);
  fill(writer);
  pipe.close_reader();
  const auto before = std::signal(SIGPIPE, SIG_IGN);  // as in papersail's main
  writer.flush();
  std::signal(SIGPIPE, before);
  CHECK_FALSE(writer.is_full());
  LogWriter closed(-1);
  closed.add(line);
  closed.finish(no_patience);
  for (int i = 0; i < 20'000; ++i) closed.add(line);
  CHECK_FALSE(closed.is_full());
}

TEST_CASE("LogWriter: appends to a regular file") {
  const int file = ::open(P_tmpdir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  REQUIRE(::write(file, "first\n", 6) == 6);
  LogWriter writer(file);
  for (int i = 0; i < 20'000; ++i) writer.add(line);
  writer.flush();
  CHECK(::lseek(file, 0, SEEK_END) == 6 + 20'000 * static_cast<off_t>(line.size()));
  ::close(file);
}

}  // namespace papersail
