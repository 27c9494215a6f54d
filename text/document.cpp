#include "text/document.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace papersail {
namespace {

// Returns the position after the string that begins at `begin`.
std::size_t end_of_string(std::string_view text, std::size_t begin) {
  for (std::size_t at = begin + 1;; ++at) {
    at = text.find('"', at);
    if (at == text.npos) throw std::invalid_argument("JSON: a string does not end");
    std::size_t backslashes = 0;
    while (text[at - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at + 1;
  }
}

// True for the characters that begin a string or that begin or end a value.
constexpr auto is_structural = [] {
  std::array<bool, 256> out{};
  for (const char c : {'"', '{', '[', '}', ']', ','}) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

// Returns the position of the comma or bracket after the value that begins at `begin`.
std::size_t end_of_value(std::string_view text, std::size_t begin) {
  int depth = 0;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (!is_structural[static_cast<unsigned char>(text[at])]) continue;
    const char c = text[at];
    if (c == '"') {
      at = end_of_string(text, at) - 1;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (depth == 0) {
      return at;
    } else if (c != ',') {
      --depth;
    }
  }
  throw std::invalid_argument("JSON: a value does not end");
}

// Calls `visit` with the text of each element of a list.
void for_each_element(std::string_view list, const auto& visit) {
  for (std::size_t at = 1; at < list.size() && list[at] != ']';) {
    const std::size_t end = end_of_value(list, at);
    visit(list.substr(at, end - at));
    at = end + (list[end] == ',' ? 1 : 0);
  }
}

// Returns the key as it is between its quotes in JSON.
std::string escaped(std::string_view key) {
  std::string out;
  append_string(out, key);
  return out.substr(1, out.size() - 2);
}

// Parses a value. Strings without escapes are the most frequent values, and a parser costs ten
// times as much.
json parse_value(std::string_view text) {
  const bool plain = text.starts_with('"') && text.find('\\') == text.npos;
  return plain ? json(text.substr(1, text.size() - 2)) : parse_json(text);
}

}  // namespace

Document Document::of(std::string text) {
  Document out;
  out.text_ = std::move(text);
  out.is_changed_ = false;
  out.unread_ = out.text_.size() > 2 ? 1 : 0;
  return out;
}

Document::Slice Document::slice(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
}

// Adds a member to `members_`, for which it reserves space because most documents have several.
Document::Member& Document::append(Slice key, Slice text) const {
  if (members_.empty()) members_.reserve(16);
  return members_.emplace_back(Member{key, text, nullptr, false});
}

Document::Member& Document::read_member() const {
  const std::size_t key_end = end_of_string(text_, unread_);
  const std::size_t end = end_of_value(text_, key_end + 1);
  const Slice key = slice(unread_ + 1, key_end - 1);
  unread_ = text_[end] == ',' ? end + 1 : 0;
  return append(key, slice(key_end + 1, end));
}

Document::Member* Document::find_member(Key key) const {
  return find_escaped(key.is_plain() ? key.text() : escaped(key.text()));
}

Document::Member* Document::find_escaped(std::string_view key) const {
  for (Member& member : members_) {
    if (view(member.key) == key) return &member;
  }
  while (unread_ > 0) {
    if (Member& member = read_member(); view(member.key) == key) return &member;
  }
  return nullptr;
}

Document::Member& Document::required(Key key) const {
  Member* found = find_member(key);
  if (!found) throw std::out_of_range("the document has no member " + std::string(key.text()));
  return *found;
}

std::string Document::text_at(Key key) const {
  const Member& member = required(key);
  return member.is_changed ? serialize(*member.value) : std::string(view(member.text));
}

Document Document::object_at(Key key) const {
  return of(text_at(key));
}

std::vector<Document> Document::elements_at(Key key) const {
  std::vector<Document> out;
  for_each_element(text_at(key),
                   [&](std::string_view element) { out.push_back(of(std::string(element))); });
  return out;
}

std::size_t Document::count_at(Key key) const {
  const Member& member = required(key);
  if (member.is_changed) return member.value->size();
  std::size_t count = 0;
  for_each_element(view(member.text), [&](std::string_view) { ++count; });
  return count;
}

json& Document::value_of(Member& member) const {
  if (!member.value) member.value = std::make_unique<json>(parse_value(view(member.text)));
  return *member.value;
}

const json* Document::find(Key key) const {
  Member* found = find_member(key);
  return found ? &value_of(*found) : nullptr;
}

const json& Document::at(Key key) const {
  return value_of(required(key));
}

// Returns the member, and adds it without a text if there is none.
Document::Member& Document::emplace(Key key) {
  is_changed_ = true;
  if (Member* found = find_member(key)) return *found;
  const std::size_t begin = text_.size();
  text_ += key.is_plain() ? key.text() : escaped(key.text());
  return append(slice(begin, text_.size()), {});
}

// Makes the text from `begin` on the member's value.
void Document::replace_text(Member& member, std::size_t begin) {
  member.text = slice(begin, text_.size());
  member.value.reset();
  member.is_changed = false;
}

json& Document::operator[](Key key) {
  Member& member = emplace(key);
  if (!member.value && member.text.size == 0) member.value = std::make_unique<json>();
  member.is_changed = true;
  return value_of(member);
}

void Document::erase(Key key) {
  Member* found = find_member(key);
  if (!found) return;
  is_changed_ = true;
  members_.erase(members_.begin() + (found - members_.data()));
}

void Document::update(const json& object) {
  for (const auto& [key, value] : object.items()) set(key, value);
}

void Document::merge_patch(const json& patch) {
  for (const auto& [key, change] : patch.items()) {
    if (change.is_null()) {
      erase(key);
    } else if (change.is_object()) {
      (*this)[key].merge_patch(change);
    } else {
      set(key, change);
    }
  }
}

json raw_list(const std::vector<Document>& documents) {
  std::string out = "[";
  for (const Document& document : documents) {
    if (out.size() > 1) out += ',';
    out += document.text();
  }
  return raw_json(out += ']');
}

std::string Document::text() const {
  if (!is_changed_) return text_;
  while (unread_ > 0) read_member();
  const auto before = [&](const Member& a, const Member& b) { return view(a.key) < view(b.key); };
  if (!std::is_sorted(members_.begin(), members_.end(), before)) {
    std::sort(members_.begin(), members_.end(), before);
  }
  std::string out;
  out.reserve(text_.size() + 64);
  for (const Member& member : members_) {
    out += out.empty() ? "{\"" : ",\"";
    out += view(member.key);
    out += "\":";
    if (member.is_changed) {
      append_json(out, *member.value);
    } else {
      out += view(member.text);
    }
  }
  out += out.empty() ? "{}" : "}";
  return out;
}

}  // namespace papersail
