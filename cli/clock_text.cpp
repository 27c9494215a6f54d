#include "cli/clock_text.hpp"

namespace papersail {
namespace {

// Returns "60", "0.5".
std::string number_text(double number) {
  std::string out = std::to_string(number);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out;
}

}  // namespace

std::string clock_mode(const json& clock) {
  const std::string mode = clock.at("mode");
  const double scale = clock.value("scale", 1.0);
  if (mode == "manual") return "stands still";
  if (mode == "real") return "real time";
  if (scale == 1) return "own time, at real speed";
  return number_text(scale) + " times as fast as real time";
}

std::string clock_sentence(const json& clock) {
  const std::string now = clock.at("now"), mode = clock.at("mode");
  if (mode == "manual") return "The clock stands still at " + now + ".";
  if (mode == "real") return "The clock shows real time, " + now + ".";
  const double scale = clock.value("scale", 1.0);
  if (scale == 1) return "The clock shows " + now + " and runs at the speed of real time.";
  return "The clock shows " + now + " and runs " + clock_mode(clock) + ".";
}

}  // namespace papersail
