// Output for people: colours, the width of a terminal, and progress of long work.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace papersail {

enum class Colour { red, green, yellow, bold };

// Returns the text in a colour if standard output is a terminal and NO_COLOR is not set.
std::string painted(const std::string& text, Colour colour);
// The same for standard error.
std::string painted_error(const std::string& text, Colour colour);

// Returns the number of columns of the terminal at standard output, or the value of COLUMNS; 0 if
// there is neither, so that lines may have any length.
std::size_t output_width();

// A line at standard error that says how far the work is. Prints nothing if that is no terminal.
class Progress {
 public:
  // `what` is the work: "replay".
  explicit Progress(std::string what);
  ~Progress();  // removes the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Shows "replay: 30% (1200 calls)", at most ten times a second; without the share if `total` is
  // 0.
  void show(std::uintmax_t done, std::uintmax_t total, const std::string& text);

 private:
  const std::string what_;
  const bool visible_;
  std::chrono::steady_clock::time_point next_;
  bool shown_ = false;
};

}  // namespace papersail
