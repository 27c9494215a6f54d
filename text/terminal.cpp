#include "text/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <utility>

namespace papersail {
namespace {

constexpr auto interval = std::chrono::milliseconds(100);
constexpr const char* erase_line = "\r\x1b[K";

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value && *value != '\0';
}

const char* code_of(Colour colour) {
  switch (colour) {
    case Colour::red:
      return "31";
    case Colour::green:
      return "32";
    case Colour::yellow:
      return "33";
    default:
      return "1";
  }
}

std::string painted_for(int fd, const std::string& text, Colour colour) {
  if (!::isatty(fd) || is_set("NO_COLOR")) return text;
  return std::string("\x1b[") + code_of(colour) + 'm' + text + "\x1b[0m";
}

}  // namespace

std::string painted(const std::string& text, Colour colour) {
  return painted_for(STDOUT_FILENO, text, colour);
}

std::string painted_error(const std::string& text, Colour colour) {
  return painted_for(STDERR_FILENO, text, colour);
}

std::size_t output_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  return columns ? std::strtoul(columns, nullptr, 10) : 0;
}

Progress::Progress(std::string what)
    : what_(std::move(what)),
      visible_(::isatty(STDERR_FILENO) != 0),
      next_(std::chrono::steady_clock::now() + interval) {}

Progress::~Progress() {
  if (shown_) std::cerr << erase_line << std::flush;
}

void Progress::show(std::uintmax_t done, std::uintmax_t total, const std::string& text) {
  const auto now = std::chrono::steady_clock::now();
  if (!visible_ || now < next_) return;
  next_ = now + interval;
  shown_ = true;
  const std::string share = total > 0 ? std::to_string(done * 100 / total) + "% " : "";
  std::cerr << erase_line << what_ << ": " << share << '(' << text << ')' << std::flush;
}

}  // namespace papersail
