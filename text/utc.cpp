#include "text/utc.hpp"

#include <array>
#include <ctime>

namespace papersail {

std::string utc_text(Millis moment, const char* format) {
  const std::time_t in_seconds = moment / 1000;
  std::tm parts{};
  gmtime_r(&in_seconds, &parts);
  std::array<char, 64> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), format, &parts);
  return {text.data(), size};
}

}  // namespace papersail
