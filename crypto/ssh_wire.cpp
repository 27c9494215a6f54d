#include "crypto/ssh_wire.hpp"

#include <algorithm>
#include <utility>

#include "crypto/ssh.hpp"

namespace papersail::ssh {
namespace {

// Encodes the result again to find errors, because EVP_DecodeBlock accepts much invalid base64.
std::string from_base64(std::string_view text) {
  require_valid(!text.empty() && text.size() <= max_text, "The key's base64 is empty or too long.");
  std::string data(text.size(), '\0');
  const int size = EVP_DecodeBlock(bytes(data), bytes(text), static_cast<int>(text.size()));
  const auto padding = text.size() - (text.find_last_not_of('=') + 1);
  require_valid(size >= 3 && padding <= 2, "The key is not valid base64.");
  data.resize(static_cast<std::size_t>(size) - padding);
  require_valid(base64(data) == text, "The key is not valid base64.");
  return data;
}

std::size_t length(std::string_view field) {
  std::size_t value = 0;
  for (const unsigned char c : field) value = value << 8 | c;
  return value;
}

void check_ed25519(Reader reader) {
  require_valid(reader.text().size() == 32, "The Ed25519 key is not of 32 bytes.");
  require_valid(reader.rest().empty(), "The key has extra bytes at its end.");
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\v\f";
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(space)));
  return text.substr(0, text.find_last_not_of(space) + 1);
}

// The parts of "type base64 comment". A single word is the body; `type` is then empty.
struct Line {
  std::string_view type;
  std::string_view body;
};

Line split(std::string_view text) {
  constexpr std::string_view blank = " \t";
  const auto line = trim(text);
  const auto gap = line.find_first_of(blank);
  if (gap == std::string_view::npos) return {{}, line};
  const auto rest = trim(line.substr(gap));
  return {line.substr(0, gap), rest.substr(0, rest.find_first_of(blank))};
}

}  // namespace

std::string be64(std::uint64_t value) {
  std::string result;
  for (int shift = 56; shift >= 0; shift -= 8) result += static_cast<char>(value >> shift & 0xff);
  return result;
}

std::string be32(std::size_t value) {
  return be64(value).substr(4);
}

std::string wire(std::string_view text) {
  return be32(text.size()).append(text);
}

std::string wire(const BIGNUM* value) {
  // Reserves one bit more than the number has, for the sign.
  std::string data(static_cast<std::size_t>(BN_num_bits(value) / 8 + 1), '\0');
  require_success(BN_bn2binpad(value, bytes(data), static_cast<int>(data.size())) >= 0);
  return wire(data);
}

std::string_view Reader::text() {
  const auto size = length(take(4));
  return take(size);
}

Bn Reader::positive() {
  const auto data = text();
  Bn value = number(data);
  require_valid(wire(value.get()).substr(4) == data, "The key holds a number in a wrong form.");
  return value;
}

std::string_view Reader::take(std::size_t count) {
  require_valid(count <= rest_.size(), "The key is cut short.");
  const auto taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

RsaPublic read_rsa(Reader reader) {
  Bn exponent = reader.positive();
  Bn modulus = reader.positive();
  require_valid(reader.rest().empty(), "The key has extra bytes at its end.");
  const int bits = BN_num_bits(modulus.get());
  require_valid(bits >= 1024 && bits <= 16384, "The RSA modulus is not of 1024 to 16384 bits.");
  require_valid(BN_is_odd(modulus.get()) == 1, "The RSA modulus is even.");
  require_valid(BN_is_odd(exponent.get()) == 1 && BN_is_one(exponent.get()) == 0 &&
                    BN_cmp(exponent.get(), modulus.get()) < 0,
                "The RSA exponent is out of range.");
  return {std::move(exponent), std::move(modulus)};
}

std::string blob_of(std::string_view key) {
  const auto line = split(key);
  std::string blob = from_base64(line.body);
  const auto type = Reader(blob).text();
  require_valid(!type.empty() && (line.type.empty() || line.type == type),
                "The key is of another type than its text says.");
  return blob;
}

std::string rsa_blob(std::string_view public_text) {
  const auto text = parse_public_key(public_text);
  require_valid(text.starts_with(rsa_type), "The key is not an RSA key.");
  return blob_of(text);
}

Reader fields_of(std::string_view blob) {
  Reader reader(blob);
  reader.text();
  return reader;
}

std::string text_of(std::string_view type, std::string_view blob) {
  return std::string(type) + ' ' + base64(blob);
}

std::string parse_public_key(std::string_view text) {
  require_valid(text.size() <= max_text, "The key is too long.");
  const auto is_control = [](unsigned char c) { return c != '\t' && (c < ' ' || c == 127); };
  require_valid(std::ranges::none_of(trim(text), is_control),
                "The key is not a single line of text.");
  const auto type = split(text).type;
  require_valid(type == rsa_type || type == ed25519_type,
                "The key is not of type ssh-rsa or ssh-ed25519.");
  const auto blob = blob_of(text);
  if (type == rsa_type) {
    read_rsa(fields_of(blob));
  } else {
    check_ed25519(fields_of(blob));
  }
  return text_of(type, blob);
}

}  // namespace papersail::ssh
