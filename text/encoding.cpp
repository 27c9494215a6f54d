#include "text/encoding.hpp"

namespace papersail {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  const char lower = static_cast<char>(digit | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Returns the byte of the two digits at `at`; nullopt if they are absent or invalid.
std::optional<char> byte_at(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return std::nullopt;
  const int high = value_of(text[at]), low = value_of(text[at + 1]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high << 4 | low);
}

}  // namespace

std::string hex(std::string_view bytes, std::string_view separator) {
  std::string out;
  out.reserve((2 + separator.size()) * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!out.empty()) out += separator;
    out += hex_digits[byte >> 4];
    out += hex_digits[byte & 15];
  }
  return out;
}

std::optional<std::string> hex_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += 2) {
    const auto byte = byte_at(text, at);
    if (!byte) return std::nullopt;
    out += *byte;
  }
  return out;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' ? byte_at(text, i + 1) : std::nullopt;
    out += byte.value_or(text[i]);
    if (byte) i += 2;
  }
  return out;
}

}  // namespace papersail
