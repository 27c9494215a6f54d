// Functions on the text of URIs, headers, bodies and messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/json.hpp"

namespace papersail {

// Returns the part of `text` before the next `end`, and removes it and the `end` from `text`.
std::string_view split_off(std::string_view& text, char end);

// Returns `text` without leading and trailing spaces and tabs.
std::string_view trimmed(std::string_view text);

// Returns `text` if it has at most `most` bytes, otherwise its first `most` bytes and "...". Cuts
// no UTF-8 sequence.
std::string shortened(std::string_view text, std::size_t most);

// Returns a message that may quote text of a client: if it has more than 8 KiB, its first and last
// 500 bytes with "..." between them. Cuts no UTF-8 sequence.
std::string bounded_message(std::string_view text);

// Return `text` with its ASCII letters in lower or upper case.
std::string lower(std::string_view text);
std::string upper(std::string_view text);

// Returns "a, b, c".
std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");

// True for a byte of a UTF-8 sequence after its first one.
constexpr bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// Returns the number of code points of a UTF-8 text.
std::size_t characters_in(std::string_view text);

// Returns the nesting depth of the brackets of a JSON text, ignoring those in strings.
int depth_of(std::string_view text);

// The maximum depth of an action's input. No input of the model is half as deep, and functions that
// walk or serialize a value need stack for each level.
constexpr int deepest_input = 64;

// Serializes a value that may contain bytes from a client; replaces invalid UTF-8 by U+FFFD.
std::string printed(const json& value);

// Returns the message for a file that is not JSON: "The file is not valid JSON: parse error at line
// 1, column 2: ..."
std::string json_problem(const json::exception& error);

// True if `host` is a name or address of the loopback interface.
bool is_loopback(const std::string& host);

// True if `text` matches the glob, such as "Create*".
bool matches_glob(const std::string& glob, std::string_view text);

}  // namespace papersail
