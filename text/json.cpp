#include "text/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

template class nlohmann::basic_json<>;

namespace papersail {
namespace {

// Returns the number of bytes to reserve, so that `serialize` does not reallocate while it appends
// a long list. Two levels suffice: a list is a member of a response.
std::size_t size_of_raw_json(const json& value, int levels) {
  if (value.is_binary()) return raw_text(value).size() + 1;
  std::size_t size = 0;
  if (value.is_structured() && levels > 0) {
    for (const json& child : value) size += size_of_raw_json(child, levels - 1);
  }
  return size;
}

constexpr std::size_t longest_short = 36;

bool is_short(std::string_view text) {
  return text.size() <= longest_short;
}

// Appends `open`, the short text in quotes, and `close`; 0 omits a character. Appends them in one
// piece, because serializing spends most of its time here.
void append_quoted(std::string& out, char open, std::string_view text, char close) {
  std::array<char, longest_short + 4> piece;
  char* end = piece.data();
  if (open) *end++ = open;
  *end++ = '"';
  end = std::copy(text.begin(), text.end(), end);
  *end++ = '"';
  if (close) *end++ = close;
  out.append(piece.data(), end);
}

void append_key(std::string& out, bool first, const std::string& key) {
  if (is_short(key) && !needs_escape(key)) {
    append_quoted(out, first ? '{' : ',', key, ':');
    return;
  }
  out += first ? '{' : ',';
  append_string(out, key);
  out += ':';
}

void append_members(std::string& out, const json& value) {
  bool first = true;
  for (const auto& [key, member] : value.get_ref<const json::object_t&>()) {
    append_key(out, first, key);
    append_json(out, member);
    first = false;
  }
  out += first ? "{}" : "}";
}

void append_integer(std::string& out, auto value) {
  std::array<char, 24> piece;
  out.append(piece.data(), std::to_chars(piece.begin(), piece.end(), value).ptr);
}

void append_elements(std::string& out, const json& value) {
  out += '[';
  for (const json& element : value) {
    if (out.back() != '[') out += ',';
    append_json(out, element);
  }
  out += ']';
}

}  // namespace

void append_json(std::string& out, const json& value) {
  if (value.is_binary()) {
    out += raw_text(value);
  } else if (value.is_object()) {
    append_members(out, value);
  } else if (value.is_array()) {
    append_elements(out, value);
  } else if (value.is_string()) {
    append_string(out, value.get_ref<const std::string&>());
  } else if (value.is_boolean()) {
    out += value.get<bool>() ? "true" : "false";
  } else if (value.is_number_unsigned()) {
    append_integer(out, value.get<std::uint64_t>());
  } else if (value.is_number_integer()) {
    append_integer(out, value.get<std::int64_t>());
  } else {
    out += value.dump();
  }
}

// Nearly all strings need no escape. Serializing them with nlohmann would cost as much as the rest
// of a small response.
void append_string(std::string& out, std::string_view text) {
  if (needs_escape(text)) {
    out += json(text).dump();
    return;
  }
  if (is_short(text)) {
    append_quoted(out, 0, text, 0);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

// Raw JSON is kept as a binary value, which JSON does not have, so that it cannot be mistaken for a
// parsed value.
json raw_json(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());  // copied in one piece
  return json::binary(json::binary_t::container_type(bytes, bytes + text.size()));
}

std::string_view raw_text(const json& value) {
  const auto& bytes = value.get_binary();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string serialize(const json& value) {
  std::string out;
  out.reserve(size_of_raw_json(value, 2) + 1024);
  append_json(out, value);
  return out;
}

void merge(json& object, json members) {
  auto& target = object.get_ref<json::object_t&>();
  auto& source = members.get_ref<json::object_t&>();
  source.merge(target);  // moves the nodes whose keys the source lacks
  target.swap(source);
}

bool contains(const json& list, const json& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

json parse_all(const json& value) {
  if (value.is_binary()) return parse_json(raw_text(value));
  json out = value;
  if (out.is_structured()) {
    for (json& child : out) child = parse_all(child);
  }
  return out;
}

}  // namespace papersail
