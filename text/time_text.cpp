#include "text/time_text.hpp"

#include <array>
#include <cstdlib>
#include <ctime>

namespace papersail {
namespace {

constexpr const char* without_zone = "%Y-%m-%dT%H:%M:%S";

// Reads a time at the start of `text` and removes it. Returns nullopt if it is invalid: strptime
// accepts the second 60 and the 30th of February, which timegm moves to the next minute or month.
std::optional<Millis> take_time(std::string_view& text, const char* format) {
  std::tm parts{};
  const std::string copy(text);
  const char* const end = strptime(copy.c_str(), format, &parts);
  if (!end) return std::nullopt;
  std::tm valid = parts;
  const std::time_t moment = timegm(&valid);
  if (valid.tm_mday != parts.tm_mday || valid.tm_sec != parts.tm_sec) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - copy.c_str()));
  return seconds(moment);
}

// Parses ".25" as 250 and "" as 0; returns nullopt for any other text.
std::optional<Millis> fraction_of(std::string_view text) {
  if (text.empty()) return 0;
  const bool digits = text.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (text[0] != '.' || text.size() < 2 || text.size() > 4 || !digits) return std::nullopt;
  return std::atoi((std::string(text.substr(1)) + "00").substr(0, 3).c_str());
}

Millis since_second(Millis moment) {
  return (moment % 1000 + 1000) % 1000;
}

}  // namespace

std::string utc_text(Millis moment, const char* format) {
  const std::time_t second = moment / 1000 - (moment % 1000 < 0 ? 1 : 0);
  std::tm parts{};
  gmtime_r(&second, &parts);
  std::array<char, 64> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

std::optional<Millis> utc_moment(const std::string& text, const char* format) {
  std::string_view rest = text;
  const auto moment = take_time(rest, format);
  return rest.empty() ? moment : std::nullopt;
}

std::string instant_text(Millis moment) {
  std::string out = utc_text(moment, without_zone);
  if (const Millis rest = since_second(moment); rest != 0) {
    out += '.' + std::to_string(1000 + rest).substr(1);
  }
  return out + 'Z';
}

std::optional<Millis> instant_of(const std::string& text) {
  if (!text.ends_with('Z')) return std::nullopt;
  std::string_view rest(text.data(), text.size() - 1);
  const auto moment = take_time(rest, without_zone);
  const auto fraction = fraction_of(rest);
  if (!moment || !fraction || *moment < 0) return std::nullopt;
  return *moment + *fraction;
}

}  // namespace papersail
