// The one JSON type of the program, and its printed form.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

// A slip (a missing member of a const object, say) must be an answer of 500, not undefined
// behaviour: nlohmann's assertions throw.
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
#pragma GCC diagnostic ignored "-Wterminate"  // the assertion also stands in noexcept functions
#endif
#include <nlohmann/json.hpp>
#pragma GCC diagnostic pop

extern template class nlohmann::basic_json<>;  // compiled once, in json.cpp

namespace papersail {

using json = nlohmann::json;

// JSON text that already is as the API shows it. `write` splices it in as it stands, so a stored
// document reaches the wire unparsed. Holds a copy of `text`; `parsed` turns it back into a value.
json ready(std::string_view text);

// The compact text of `value`, with every `ready` text in place. Throws json::type_error on bytes
// that are not UTF-8.
std::string write(const json& value);

// Appends `text` as a JSON string. Throws json::type_error on bytes that are not UTF-8.
void append_string(std::string& out, std::string_view text);

// Sets `members` in `object`, both objects, without copying either.
void merge(json& object, json members);

// `value` with every `ready` text parsed.
json parsed(const json& value);

}  // namespace papersail
