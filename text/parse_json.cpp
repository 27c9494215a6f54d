#include <boost/json/basic_parser_impl.hpp>
// The library is compiled into this file.
#include <algorithm>
#include <boost/json/src.hpp>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "text/json.hpp"

namespace papersail {
namespace {

using boost::json::error_code;
using Part = boost::json::string_view;

// Returns the number in `text`. Boost's own conversion may differ from the nearest double by one
// place, so `approximate` serves only for numbers that are too small for a double.
double exact(Part text, double approximate) {
  double out = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
  return result.ec == std::errc{} ? out : approximate;
}

// Builds the value from the events of Boost's parser.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  json take() { return std::move(root_); }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return open(json::object()); }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code&) { return open(json::array()); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_key_part(Part part, std::size_t, error_code&) { return keep(part); }
  bool on_key(Part part, std::size_t, error_code&) {
    auto& members = parents_.back()->get_ref<json::object_t&>();
    // Stored documents are sorted, so the key is most often the last one.
    member_ = &members.emplace_hint(members.end(), whole(part), nullptr)->second;
    return true;
  }
  bool on_string_part(Part part, std::size_t, error_code&) { return keep(part); }
  bool on_string(Part part, std::size_t, error_code&) { return add(whole(part)); }
  bool on_number_part(Part, error_code&) { return true; }
  bool on_int64(std::int64_t value, Part, error_code&) {
    return value < 0 ? add(value) : add(static_cast<std::uint64_t>(value));
  }
  bool on_uint64(std::uint64_t value, Part, error_code&) { return add(value); }
  bool on_double(double value, Part text, error_code& error) {
    if (!std::isfinite(value)) error = boost::json::error::exponent_overflow;
    return !error && add(exact(text, value));
  }
  bool on_bool(bool value, error_code&) { return add(value); }
  bool on_null(error_code&) { return add(nullptr); }
  bool on_comment_part(Part, error_code&) { return true; }
  bool on_comment(Part, error_code&) { return true; }

 private:
  json& insert(json value) {
    if (parents_.empty()) return root_ = std::move(value);
    if (!parents_.back()->is_array()) return *member_ = std::move(value);
    return parents_.back()->get_ref<json::array_t&>().emplace_back(std::move(value));
  }
  bool add(json value) {
    insert(std::move(value));
    return true;
  }
  bool open(json value) {
    parents_.push_back(&insert(std::move(value)));
    return true;
  }
  bool close() {
    parents_.pop_back();
    return true;
  }
  bool keep(Part part) {
    text_.append(part.data(), part.size());
    return true;
  }
  // Returns a string of which the earlier parts are in `text_`.
  std::string whole(Part last) {
    keep(last);
    return std::exchange(text_, {});
  }

  json root_;
  std::vector<json*> parents_;
  json* member_ = nullptr;  // of the innermost object: its value comes next
  std::string text_;
};

// Drops the byte order mark, which some editors add and RFC 8259 allows a parser to ignore.
std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

// Throws an error that names the line and the column of `end`.
[[noreturn]] void fail(std::string_view text, std::size_t end, const error_code& error) {
  const std::string_view before = text.substr(0, end);
  nlohmann::detail::position_t position;
  position.chars_read_total = end;
  position.lines_read = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  position.chars_read_current_line = end - (before.rfind('\n') + 1) + 1;
  throw json::parse_error::create(101, position, error.message(), nullptr);
}

}  // namespace

json parse_json(std::string_view marked) {
  const std::string_view text = without_mark(marked);
  boost::json::parse_options options;
  options.max_depth = deepest_json;
  boost::json::basic_parser<Builder> parser(options);
  error_code error;
  const std::size_t end = parser.write_some(false, text.data(), text.size(), error);
  if (!error && end < text.size()) error = boost::json::error::extra_data;
  if (error) fail(text, end, error);
  return parser.handler().take();
}

json try_parse_json(std::string_view text) {
  try {
    return parse_json(text);
  } catch (const json::parse_error&) {
    return json(json::value_t::discarded);
  }
}

}  // namespace papersail
