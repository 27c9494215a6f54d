// A lifecycle changes two members of a document of fifty: parsing and printing the whole of it
// would cost more than all else that a transition does.
#include "state/merge_patch.hpp"

#include <set>

namespace papersail {
namespace {

// Behind the string that begins at `from`.
std::size_t end_of_string(std::string_view text, std::size_t from) {
  std::size_t end = text.find('"', from + 1);
  while (text.at(end - 1) == '\\') {
    std::size_t backslashes = 1;
    while (text[end - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) break;
    end = text.find('"', end + 1);
  }
  return end + 1;
}

// Behind the value that begins at `from`: at the comma or bracket that follows.
std::size_t end_of_value(std::string_view text, std::size_t from) {
  for (int depth = 0;; ++from) {
    switch (text.at(from)) {
      case '"':
        from = end_of_string(text, from) - 1;
        break;
      case '{':
      case '[':
        ++depth;
        break;
      case '}':
      case ']':
        if (depth-- == 0) return from;
        break;
      case ',':
        if (depth == 0) return from;
    }
  }
}

// What a member becomes; empty: it goes. `value` is empty if there was none.
std::string merged(std::string_view value, const json& patch) {
  if (patch.is_null()) return "";
  if (!patch.is_object()) return patch.dump();
  return merge_patched(value.starts_with('{') ? value : "{}", patch);
}

void add(std::string& out, std::string_view quoted_key, std::string_view value) {
  if (value.empty()) return;
  if (out.back() != '{') out += ',';
  out += quoted_key;
  out += ':';
  out += value;
}

}  // namespace

std::string merge_patched(std::string_view document, const json& patch) {
  std::string out = "{";
  out.reserve(document.size() + 128);
  std::set<std::string_view> met;
  for (std::size_t at = 1; document.at(at) != '}';) {
    const std::size_t key_end = end_of_string(document, at);
    const std::size_t value_end = end_of_value(document, key_end + 1);
    const std::string_view key = document.substr(at, key_end - at);
    const std::string_view value = document.substr(key_end + 1, value_end - key_end - 1);
    const auto change = patch.find(key.substr(1, key.size() - 2));
    if (change == patch.end()) {
      add(out, key, value);
    } else {
      met.insert(key);
      add(out, key, merged(value, *change));
    }
    at = value_end + (document[value_end] == ',' ? 1 : 0);
  }
  for (const auto& [name, change] : patch.items()) {
    const std::string key = json(name).dump();
    if (!met.contains(key)) add(out, key, merged("", change));
  }
  return out += '}';
}

}  // namespace papersail
