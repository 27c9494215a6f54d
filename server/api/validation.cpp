// Validates values against shapes, with the wording of AWS's own validation.
#include <algorithm>
#include <limits>

#include "server/api/model.hpp"
#include "server/api/secrets.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::size_t max_quoted_size = 100;
// Every member below a key repeats it in its path. No name of the service is longer.
constexpr std::size_t longest_path_part = 255;
// Bounds the size of the response.
constexpr std::size_t max_violations = 50;
// Years 1 to 9999, in seconds since 1970.
constexpr double earliest = -62135596800, latest = 253402300799;

// Quotes and shortens a value. AWS does not quote null.
std::string to_json(const json& value) {
  if (value.is_null()) return "null";
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  return "'" + shortened(text, max_quoted_size) + "'";
}

std::string_view last_of(std::string_view path) {
  return path.substr(path.rfind('.') + 1);
}

std::string without_decimals(double number) {
  return std::to_string(static_cast<long long>(number));
}

const Member* member_of(const Shape& shape, const std::string& name) {
  const auto matches = [&](const Member& member) { return member.name == name; };
  const auto found = std::find_if(shape.members.begin(), shape.members.end(), matches);
  return found == shape.members.end() ? nullptr : &*found;
}

class Check {
 public:
  explicit Check(bool output) : output_(output) {}

  void value(const Shape& shape, const json& value, const std::string& path);
  std::vector<std::string> violations;

 private:
  void members(const Shape& shape, const json& value, const std::string& path);
  void unknown_members(const Shape& shape, const json& value, const std::string& path);
  void text(const Shape& shape, const json& value, const std::string& path);
  void range(const json& value, const std::string& path, std::optional<double> least,
             std::optional<double> most);
  void size(const Shape& shape, std::size_t size, const json& value, const std::string& path);
  void fail(const json& value, const std::string& path, const std::string& rule) {
    if (violations.size() == max_violations) return;
    // AWS does not quote the value of a secret.
    const std::string quoted = is_secret(last_of(path), "") ? "" : to_json(value) + " ";
    violations.push_back("Value " + quoted + "at '" + path +
                         "' failed to satisfy constraint: Member must " + rule);
  }

  bool output_;
};

bool is_of_kind(Kind kind, const json& value) {
  switch (kind) {
    case Kind::structure:
    case Kind::map:
      return value.is_object();
    case Kind::list:
      return value.is_array();
    case Kind::text:
      return value.is_string();
    case Kind::integer:
      return value.is_number_integer() && value.get<double>() <= 9e18;
    case Kind::boolean:
      return value.is_boolean();
    case Kind::number:
    case Kind::timestamp:
      return value.is_number();
  }
  return false;
}

const char* name_of(Kind kind) {
  static constexpr const char* names[] = {"a structure", "a list",   "a map",     "a string",
                                          "an integer",  "a number", "a boolean", "a timestamp"};
  return names[static_cast<int>(kind)];
}

void Check::value(const Shape& shape, const json& value, const std::string& path) {
  if (!is_of_kind(shape.kind, value)) {
    fail(value, path, std::string("be ") + name_of(shape.kind));
    return;
  }
  if (shape.kind == Kind::structure) {
    members(shape, value, path);
  } else if (shape.kind == Kind::list) {
    size(shape, value.size(), value, path);
    for (std::size_t i = 0; i < value.size(); ++i) {
      this->value(*shape.element, value[i], path + "." + std::to_string(i + 1) + ".member");
    }
  } else if (shape.kind == Kind::map) {
    for (const auto& [key, child] : value.items()) {
      this->value(*shape.element, child, path + "." + shortened(key, longest_path_part));
    }
  } else if (shape.kind == Kind::text) {
    text(shape, value, path);
  } else if (shape.kind == Kind::integer) {
    range(value, path, shape.min, shape.max);
  } else if (shape.kind == Kind::timestamp) {
    range(value, path, earliest, latest);
  }
}

void Check::members(const Shape& shape, const json& value, const std::string& path) {
  for (const Member& member : shape.members) {
    const std::string at = path.empty() ? member.name : path + "." + member.name;
    const auto found = value.find(member.name);
    if (found != value.end() && !found->is_null()) {
      this->value(*member.shape, *found, at);
    } else if (member.required) {
      fail(nullptr, at, "not be null");
    }
  }
  if (output_) unknown_members(shape, value, path);
}

void Check::unknown_members(const Shape& shape, const json& value, const std::string& path) {
  for (const auto& [key, child] : value.items()) {
    if (!member_of(shape, key)) {
      violations.push_back("'" + path + "' has the unknown member '" + key + "'");
    } else if (child.is_null()) {
      violations.push_back("'" + path + "." + key + "' is null");
    }
  }
}

void Check::text(const Shape& shape, const json& value, const std::string& path) {
  const auto& text = value.get_ref<const std::string&>();
  const auto& values = shape.values;
  if (!values.empty() && std::find(values.begin(), values.end(), text) == values.end()) {
    fail(value, path, "satisfy enum value set: [" + joined(values) + "]");
  }
  if (output_) return;
  if (!shape.pattern.empty() && !boost::regex_search(text, shape.regex())) {
    fail(value, path, "satisfy regular expression pattern: " + shape.pattern);
  }
  size(shape, characters_in(text), value, path);
}

void Check::size(const Shape& shape, std::size_t size, const json& value, const std::string& path) {
  const auto length = static_cast<double>(size);
  if (output_) return;
  if (shape.min && length < *shape.min) {
    fail(value, path, "have length greater than or equal to " + without_decimals(*shape.min));
  }
  if (shape.max && length > *shape.max) {
    fail(value, path, "have length less than or equal to " + without_decimals(*shape.max));
  }
}

void Check::range(const json& value, const std::string& path, std::optional<double> least,
                  std::optional<double> most) {
  const double number = value.get<double>();
  if (least && number < *least) {
    fail(value, path, "have value greater than or equal to " + without_decimals(*least));
  }
  if (most && number > *most)
    fail(value, path, "have value less than or equal to " + without_decimals(*most));
}

std::vector<std::string> violations(bool output, const Shape& shape, const json& value) {
  Check check(output);
  check.value(shape, value, "");
  return std::move(check.violations);
}

using Paths = std::vector<std::string>;

// Appends the paths of dropped members, in the form of violations. The caller skips scalars, since
// they have no members.
void drop_unknown(const Shape& shape, json& value, const std::string& path, Paths& dropped);

void drop_unknown_members(const Shape& shape, json& value, const std::string& path,
                          Paths& dropped) {
  for (auto child = value.begin(); child != value.end();) {
    const std::string key = shortened(child.key(), longest_path_part);
    const std::string at = path.empty() ? key : path + "." + key;
    if (const Member* member = member_of(shape, child.key())) {
      if (child->is_structured()) drop_unknown(*member->shape, *child, at, dropped);
      ++child;
    } else {
      dropped.push_back(at);
      child = value.erase(child);
    }
  }
}

void drop_unknown(const Shape& shape, json& value, const std::string& path, Paths& dropped) {
  if (shape.kind == Kind::structure) {
    drop_unknown_members(shape, value, path, dropped);
  } else if (shape.kind == Kind::map) {
    for (const auto& [key, child] : value.items()) {
      drop_unknown(*shape.element, child, path + "." + shortened(key, longest_path_part), dropped);
    }
  } else if (shape.kind == Kind::list) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string at = path + "." + std::to_string(i + 1) + ".member";
      drop_unknown(*shape.element, value[i], at, dropped);
    }
  }
}

}  // namespace

std::vector<std::string> input_violations(const Shape& shape, const json& value) {
  return violations(false, shape, value);
}

std::vector<std::string> output_violations(const Shape& shape, const json& value) {
  return violations(true, shape, value);
}

std::vector<std::string> drop_unknown(const Shape& shape, json& value) {
  std::vector<std::string> dropped;
  drop_unknown(shape, value, "", dropped);
  return dropped;
}

}  // namespace papersail
