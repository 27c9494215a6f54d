#include "handlers/instances/cidr.hpp"

#include <arpa/inet.h>

#include <array>
#include <charconv>

namespace papersail {
namespace {

using Address = std::array<unsigned char, sizeof(in6_addr)>;  // IPv4: the first four bytes

int native(IpFamily family) {
  return family == IpFamily::v4 ? AF_INET : AF_INET6;
}

std::optional<Address> parse_address(IpFamily family, const std::string& text) {
  // inet_pton stops at a NUL, which a JSON string can contain.
  if (text.find_first_not_of("0123456789abcdefABCDEF:.") != std::string::npos) return std::nullopt;
  Address out{};
  if (inet_pton(native(family), text.c_str(), out.data()) != 1) return std::nullopt;
  return out;
}

// Accepts a number without a sign or leading zeros.
std::optional<unsigned> parse_prefix(const std::string& text, unsigned longest) {
  unsigned out = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, out);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == end;
  if (!whole || out > longest || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  return out;
}

void clear_after(Address& address, unsigned prefix) {
  for (unsigned i = 0; i < address.size(); ++i) {
    const unsigned kept = prefix <= i * 8 ? 0 : prefix - i * 8;
    if (kept < 8) address[i] &= static_cast<unsigned char>(0xff00U >> kept);
  }
}

std::string text_of(IpFamily family, const Address& address) {
  char out[INET6_ADDRSTRLEN];
  return inet_ntop(native(family), address.data(), out, sizeof(out));
}

}  // namespace

std::optional<std::string> canonical_cidr(IpFamily family, const std::string& text) {
  const unsigned longest = family == IpFamily::v4 ? 32 : 128;
  const std::size_t slash = text.find('/');
  auto address = parse_address(family, text.substr(0, slash));
  const auto prefix =
      slash == std::string::npos ? longest : parse_prefix(text.substr(slash + 1), longest);
  if (!address || !prefix) return std::nullopt;
  clear_after(*address, *prefix);
  return text_of(family, *address) + "/" + std::to_string(*prefix);
}

}  // namespace papersail
