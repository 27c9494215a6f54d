#include "state/ids.hpp"

#include "text/encoding.hpp"
#include "text/hash.hpp"

namespace papersail {
namespace {

// Formats 32 hexadecimal digits as a UUID of version 4.
std::string uuid_of(std::string_view digits) {
  std::string out = "........-....-4...-....-............";
  std::size_t i = 0;
  for (char& c : out) {
    if (c == '.') c = digits[i];
    if (c != '-') ++i;
  }
  out[19] = "89ab"[digits[16] & 3];
  return out;
}

}  // namespace

std::uint64_t Ids::next() {
  return mixed(mixed(seed_) ^ ++sequence_);
}

std::string Ids::characters(std::string_view alphabet, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += alphabet[next() % alphabet.size()];
  return out;
}

std::string Ids::hex(int digits) {
  std::string out;
  out.reserve(static_cast<std::size_t>(digits));
  for (std::uint64_t bits = 0; static_cast<int>(out.size()) < digits; bits >>= 4) {
    if (out.size() % 16 == 0) bits = next();
    out += hex_digits[bits & 15];
  }
  return out;
}

std::string Ids::uuid() {
  return uuid_of(hex(32));
}

std::string Ids::uuid_at(Millis moment) {
  std::string digits = hex(32);
  for (int i = 11; i >= 0; --i, moment >>= 4)
    digits[static_cast<std::size_t>(i)] = hex_digits[moment & 15];
  return uuid_of(digits);
}

std::uint64_t Ids::constant(std::string_view label) const {
  return mixed(seed_ ^ hash_of(label));
}

std::string Ids::constant_digits(std::string_view label, int count) const {
  return constant_characters(label, "0123456789", count);
}

std::string Ids::constant_characters(std::string_view label, std::string_view alphabet,
                                     int count) const {
  return Ids(constant(label), 0).characters(alphabet, count);
}

}  // namespace papersail
