// Patches the text itself, because a transition changes two of about fifty members: parsing and
// serializing the whole document would cost more than the rest of the transition.
#include "state/store/merge_patch.hpp"

#include <array>
#include <set>

namespace papersail {
namespace {

// Returns the position after the string that begins at `from`.
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

// True for characters that neither start nor end a string, value, list or object.
constexpr auto is_ordinary = [] {
  std::array<bool, 256> out{};
  out.fill(true);
  for (const char c : {'"', '{', '[', '}', ']', ','}) out[static_cast<unsigned char>(c)] = false;
  return out;
}();

// Returns the position after the value that begins at `from`: that of the next comma or bracket.
std::size_t end_of_value(std::string_view text, std::size_t from) {
  for (int depth = 0;; ++from) {
    while (is_ordinary[static_cast<unsigned char>(text.at(from))]) ++from;
    switch (text[from]) {
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
      default:
        if (depth == 0) return from;
    }
  }
}

// Returns the new value of a member, "" if the patch removes it. `value` is its old value, "" if
// the member is new.
std::string merged(std::string_view value, const json& patch) {
  if (patch.is_null()) return "";
  if (!patch.is_object()) return patch.dump();
  return merge_patched(value.starts_with('{') ? value : "{}", patch);
}

// Appends one or more members.
void add(std::string& out, std::string_view members) {
  if (members.empty()) return;
  if (out.back() != '{') out += ',';
  out += members;
}

void add(std::string& out, std::string_view quoted_key, std::string_view value) {
  if (value.empty()) return;
  add(out, quoted_key);
  out += ':';
  out += value;
}

// Finds the patch of the member with this key.
json::const_iterator find_change(const json& patch, std::string_view quoted_key) {
  if (quoted_key.find('\\') != quoted_key.npos) {
    return patch.find(json::parse(quoted_key).get_ref<const std::string&>());
  }
  return patch.find(quoted_key.substr(1, quoted_key.size() - 2));
}

}  // namespace

std::string merge_patched(std::string_view document, const json& patch) {
  std::string out = "{";
  out.reserve(document.size() + 128);
  std::set<std::string_view> met;
  std::size_t kept = 1;  // the text from here on has not been copied yet
  std::size_t at = 1;
  while (document.at(at) != '}' && met.size() < patch.size()) {
    const std::size_t key_end = end_of_string(document, at);
    const std::size_t value_end = end_of_value(document, key_end + 1);
    const std::size_t next = value_end + (document[value_end] == ',' ? 1 : 0);
    const std::string_view key = document.substr(at, key_end - at);
    const auto change = find_change(patch, key);
    if (change != patch.end()) {
      met.insert(change.key());
      if (at > kept) add(out, document.substr(kept, at - 1 - kept));
      add(out, key, merged(document.substr(key_end + 1, value_end - key_end - 1), *change));
      kept = next;
    }
    at = next;
  }
  add(out, document.substr(kept, document.size() - 1 - kept));
  for (const auto& [name, change] : patch.items()) {
    if (!met.contains(name)) add(out, json(name).dump(), merged("", change));
  }
  return out += '}';
}

}  // namespace papersail
