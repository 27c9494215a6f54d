#include "tests/support/samples.hpp"

#include <cmath>
#include <stdexcept>

namespace papersail {
namespace {

const std::string long_arn = "arn:aws:lightsail:us-east-1:000000000000:Instance/6c5a1b44-6f1e";

// For each pattern of the model, one of these matches.
const std::vector<std::string> texts = {
    "web-1",       "2026-01-01", "06:00", "web@example.com",
    "example.com", long_arn,     "GET",   "abcdefghijklmnopqrstuvwx"};
// For each pattern of the model, one of these does not match.
const std::vector<std::string> odd_texts = {" ", "", "%", "\n"};

bool matches(const Shape& shape, const std::string& text) {
  return shape.pattern.empty() || boost::regex_search(text, shape.regex());
}

bool fits(const Shape& shape, const std::string& text) {
  const auto size = static_cast<double>(text.size());
  return matches(shape, text) && size >= shape.min.value_or(0) && size <= shape.max.value_or(1e9);
}

std::string valid_text(const Shape& shape) {
  if (!shape.values.empty()) return shape.values.front();
  for (const auto& text : texts) {
    if (fits(shape, text)) return text;
  }
  throw std::logic_error("no sample of " + shape.name + " " + shape.pattern);
}

std::size_t valid_size(const Shape& shape) {
  return static_cast<std::size_t>(std::max(1.0, shape.min.value_or(1)));
}

std::string integer_text(double number) {
  return std::to_string(static_cast<long long>(number));
}

// Walks a shape and a valid value of it in parallel, and collects values with one flaw.
class FlawCollector {
 public:
  explicit FlawCollector(const json& whole) : whole_(whole) {}

  void add_flaws(const Shape& shape, const json::json_pointer& at, const std::string& path);
  std::vector<InvalidValue> out;

 private:
  void put(const json::json_pointer& at, const std::string& path, const json& value,
           const std::string& rule) {
    json flawed_value = whole_;
    flawed_value[at] = value;
    out.push_back({flawed_value, path, rule});
  }
  void add_structure_flaws(const Shape& shape, const json::json_pointer& at,
                           const std::string& path);
  void add_list_flaws(const Shape& shape, const json::json_pointer& at, const std::string& path);
  void add_text_flaws(const Shape& shape, const json::json_pointer& at, const std::string& path);
  void add_number_flaws(double min, double max, const json::json_pointer& at,
                        const std::string& path);

  const json& whole_;
};

void FlawCollector::add_flaws(const Shape& shape, const json::json_pointer& at,
                              const std::string& path) {
  const std::pair<json, const char*> others[] = {
      {"text", "be a structure"}, {"text", "be a list"},     {"text", "be a map"},
      {7, "be a string"},         {1.5, "be an integer"},    {"7", "be a number"},
      {"true", "be a boolean"},   {"2026", "be a timestamp"}};
  const auto& [other, rule] = others[static_cast<int>(shape.kind)];
  if (!path.empty()) put(at, path, other, rule);
  if (shape.kind == Kind::structure) add_structure_flaws(shape, at, path);
  if (shape.kind == Kind::list) add_list_flaws(shape, at, path);
  if (shape.kind == Kind::map) add_flaws(*shape.element, at / "key", path + ".key");
  if (shape.kind == Kind::text) add_text_flaws(shape, at, path);
  if (shape.kind == Kind::timestamp) add_number_flaws(-62135596800, 253402300799, at, path);
  if (shape.kind == Kind::integer && shape.min) add_number_flaws(*shape.min, *shape.max, at, path);
}

void FlawCollector::add_structure_flaws(const Shape& shape, const json::json_pointer& at,
                                        const std::string& path) {
  for (const Member& member : shape.members) {
    const std::string inner = path.empty() ? member.name : path + "." + member.name;
    if (member.required) {
      json without = whole_;
      without[at].erase(member.name);
      out.push_back({without, inner, "not be null"});
      put(at / member.name, inner, nullptr, "not be null");
    }
    add_flaws(*member.shape, at / member.name, inner);
  }
}

void FlawCollector::add_list_flaws(const Shape& shape, const json::json_pointer& at,
                                   const std::string& path) {
  const json element = whole_[at][0];
  if (shape.min) put(at, path, json::array(), "have length greater than or equal to 1");
  if (shape.max) {
    const json many = std::vector<json>(static_cast<std::size_t>(*shape.max) + 1, element);
    put(at, path, many, "have length less than or equal to " + integer_text(*shape.max));
  }
  add_flaws(*shape.element, at / 0, path + ".1.member");
}

void FlawCollector::add_text_flaws(const Shape& shape, const json::json_pointer& at,
                                   const std::string& path) {
  if (!shape.values.empty()) put(at, path, "no-such-value", "satisfy enum value set: [");
  if (!shape.pattern.empty()) {
    for (const auto& odd : odd_texts) {
      if (matches(shape, odd)) continue;
      put(at, path, odd, "satisfy regular expression pattern: " + shape.pattern);
    }
  }
  if (shape.min)
    put(at, path, "", "have length greater than or equal to " + integer_text(*shape.min));
  if (shape.max) {
    const std::string long_text(static_cast<std::size_t>(*shape.max) + 1, 'a');
    put(at, path, long_text, "have length less than or equal to " + integer_text(*shape.max));
  }
}

void FlawCollector::add_number_flaws(double min, double max, const json::json_pointer& at,
                                     const std::string& path) {
  const auto low = static_cast<std::int64_t>(min), high = static_cast<std::int64_t>(max);
  put(at, path, low - 1, "have value greater than or equal to " + integer_text(min));
  put(at, path, high + 1, "have value less than or equal to " + integer_text(max));
}

}  // namespace

json valid_value(const Shape& shape) {
  switch (shape.kind) {
    case Kind::structure: {
      json out = json::object();
      for (const Member& member : shape.members) out[member.name] = valid_value(*member.shape);
      return out;
    }
    case Kind::list:
      return std::vector<json>(valid_size(shape), valid_value(*shape.element));
    case Kind::map: {
      json out = json::object();
      out["key"] = valid_value(*shape.element);
      return out;
    }
    case Kind::text:
      return valid_text(shape);
    case Kind::integer:
      return static_cast<std::int64_t>(std::max(1.0, shape.min.value_or(1)));
    case Kind::boolean:
      return true;
    case Kind::number:
      return 0.5;
    case Kind::timestamp:
      return 1767225600;
  }
  throw std::logic_error("a kind without a sample");
}

std::vector<InvalidValue> invalid_values(const Shape& shape) {
  const json whole = valid_value(shape);
  FlawCollector collector(whole);
  collector.add_flaws(shape, json::json_pointer(), "");
  return std::move(collector.out);
}

}  // namespace papersail
