// A JSON object that parses a member when it is first used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "text/json.hpp"

namespace papersail {

// The name of a member. A literal is checked at compile time, because needs_escape costs as much as
// the search for the member.
class Key {
 public:
  template <std::size_t size>
  consteval Key(const char (&literal)[size]) : text_(literal, size - 1), is_plain_(true) {
    if (needs_escape(text_)) throw std::invalid_argument("use a std::string_view");
  }
  template <class Text>
    requires(!std::is_array_v<Text> && std::is_convertible_v<const Text&, std::string_view>)
  Key(const Text& text) : text_(text), is_plain_(!needs_escape(text_)) {}

  std::string_view text() const { return text_; }
  // True if the key is the same text in JSON.
  bool is_plain() const { return is_plain_; }

 private:
  std::string_view text_;
  bool is_plain_;
};

// Most calls read or change a few of the fifty members of a resource. A Document parses only those,
// and copies the text of the others to its output. Its members are ordered by key, as in `json`.
// A reference to a member is valid until the member is erased or set.
class Document {
 public:
  Document() = default;  // an object without members
  Document(const json& object) { update(object); }
  Document(json::initializer_list_t members) : Document(json(members)) {}
  Document(const Document& other) : Document(of(other.text())) {}
  Document(Document&&) noexcept = default;
  Document& operator=(const Document& other) { return *this = Document(other); }
  Document& operator=(Document&&) noexcept = default;
  // Takes the compact text of an object, as `text` returns it. The first use of a member throws
  // std::invalid_argument or json::parse_error for other text.
  static Document of(std::string text);

  bool contains(Key key) const { return find_member(key) != nullptr; }
  // Returns the member; null if there is none.
  const json* find(Key key) const;
  // Return the member. Throw std::out_of_range if there is none.
  const json& at(Key key) const;
  const json& operator[](Key key) const { return at(key); }
  // Returns the member, or `otherwise` if there is none. Throws json::type_error for another type.
  template <class Default>
  auto value(Key key, const Default& otherwise) const {
    using Value = std::conditional_t<std::is_array_v<Default>, std::string, Default>;
    const json* found = find(key);
    return found ? found->get<Value>() : Value(otherwise);
  }
  // Returns a member that is an object, without parsing it. Throws std::out_of_range if there is
  // none.
  Document object_at(Key key) const;
  // Return the elements of a member that is a list of objects, or their number, without parsing
  // them. Throw std::out_of_range if there is none.
  std::vector<Document> elements_at(Key key) const;
  std::size_t count_at(Key key) const;

  // Returns the member for changes; adds it as null if there is none.
  json& operator[](Key key);
  // Adds or replaces a member: a string, a number, a boolean, `json` or a Document. This appends
  // the value's text, which is cheaper than an assignment to operator[].
  template <class Value>
  void set(Key key, const Value& value) {
    Member& member = emplace(key);
    const std::size_t begin = text_.size();
    if constexpr (std::is_same_v<Value, Document>) {
      text_ += value.text();
    } else if constexpr (std::is_same_v<Value, json>) {
      append_json(text_, value);
    } else if constexpr (std::is_convertible_v<const Value&, std::string_view>) {
      append_string(text_, value);
    } else {
      append_json(text_, json(value));
    }
    replace_text(member, begin);
  }
  void erase(Key key);
  // Sets each member of an object.
  void update(const json& object);
  // Applies a JSON merge patch (RFC 7396).
  void merge_patch(const json& patch);

  // Returns the compact text of the object.
  std::string text() const;
  // Returns the object as raw JSON, for a response.
  json raw() const { return raw_json(text()); }
  // Returns the object with all members parsed.
  json parsed() const { return parse_json(text()); }

  friend bool operator==(const Document& one, const Document& other) {
    return one.text() == other.text();
  }
  friend bool operator==(const Document& one, const json& other) { return one.parsed() == other; }

 private:
  // A part of text_: an offset stays valid when text_ grows or is copied.
  struct Slice {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };
  struct Member {
    Slice key;                    // as in JSON, without its quotes
    Slice text;                   // of the value; outdated if `is_changed`
    std::unique_ptr<json> value;  // null: not parsed
    bool is_changed = false;
  };
  static Slice slice(std::size_t begin, std::size_t end);
  std::string_view view(Slice slice) const { return {text_.data() + slice.begin, slice.size}; }
  Member& append(Slice key, Slice text) const;
  Member& read_member() const;
  Member* find_member(Key key) const;
  std::string text_at(Key key) const;
  Member* find_escaped(std::string_view key) const;
  void replace_text(Member& member, std::size_t begin);
  Member& required(Key key) const;
  Member& emplace(Key key);
  json& value_of(Member& member) const;

  std::string text_;        // of the object, and after it the keys and values that were added
  bool is_changed_ = true;  // false: `text_` is the object's text
  mutable std::size_t unread_ = 0;  // where the next member begins; 0: `members_` has all
  mutable std::vector<Member> members_;
};

// Returns a list of documents as raw JSON.
json raw_list(const std::vector<Document>& documents);

}  // namespace papersail
