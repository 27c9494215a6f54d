// The JSON type of the program, and its serialization.
#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

// Makes nlohmann's assertions throw, so that a programming error (reading a missing member of a
// const object, for example) leads to a response with status 500 and not to undefined behaviour. In
// a noexcept function it ends the process.
#ifndef JSON_ASSERT
#define JSON_ASSERT(condition) \
  ((condition) ? void() : ::papersail::json_assertion_failed(#condition))
#endif

namespace papersail {
[[noreturn]] inline void json_assertion_failed(const char* condition) {
  throw std::logic_error(std::string("json: ") + condition);
}
}  // namespace papersail

#pragma GCC diagnostic push
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wterminate"  // nlohmann also asserts in noexcept functions
#endif
#include <nlohmann/json.hpp>
#pragma GCC diagnostic pop

extern template class nlohmann::basic_json<>;  // instantiated in json.cpp only

namespace papersail {

using json = nlohmann::json;

// Returns the value of a JSON text. Throws json::parse_error. This is nlohmann's json::parse with
// the parser of Boost.JSON, which takes a quarter of its instructions.
json parse_json(std::string_view text);

// Returns a value for which `is_discarded()` is true if the text is not JSON.
json try_parse_json(std::string_view text);

// Limit on the depth of `parse_json`.
constexpr std::size_t deepest_json = 1000;

// Returns a value that holds a copy of `text`, which must be JSON. `serialize` copies this text to
// its output, so that a stored document need not be parsed; `parse_all` parses it.
json raw_json(std::string_view text);

// Returns the text of a value that `raw_json` made.
std::string_view raw_text(const json& value);

// Returns `value` with all raw JSON in it parsed.
json parse_all(const json& value);

// Serializes `value` compactly, copying all raw JSON in it. Throws json::type_error if a string is
// not UTF-8.
std::string serialize(const json& value);

// Append a serialized value, or `text` as a JSON string. Throw json::type_error like `serialize`.
void append_json(std::string& out, const json& value);
void append_string(std::string& out, std::string_view text);

// True for the characters that a JSON string contains in another form.
inline constexpr auto is_escaped = [] {
  std::array<bool, 256> out{};
  for (std::size_t c = 0; c < out.size(); ++c) out[c] = c < ' ' || c > '~' || c == '"' || c == '\\';
  return out;
}();

// True if a JSON string contains `text` in another form.
constexpr bool needs_escape(std::string_view text) {
  for (const char c : text) {
    if (is_escaped[static_cast<unsigned char>(c)]) return true;
  }
  return false;
}

// Moves `members` into `object`, replacing members with the same key. Both must be objects.
void merge(json& object, json members);

// True if the array `list` has an element that equals `value`.
bool contains(const json& list, const json& value);

}  // namespace papersail
