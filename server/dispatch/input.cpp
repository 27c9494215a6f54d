#include "server/dispatch/input.hpp"

#include "handlers/names.hpp"
#include "server/api/error.hpp"
#include "server/api/model.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

json parse_input(std::string_view body) {
  if (body.empty()) return json::object();
  if (depth_of(body) > deepest_input) throw serialization("The request body nests too deep.");
  json input;
  try {
    input = parse_json(body);
  } catch (const json::exception&) {
    throw serialization("The request body is not valid JSON.");
  }
  if (!input.is_object()) throw serialization("The request body is not a JSON object.");
  return input;
}

// The service treats a null member as an absent one.
void drop_nulls(json& value) {
  if (value.is_object()) {
    for (auto member = value.begin(); member != value.end();) {
      member = member->is_null() ? value.erase(member) : std::next(member);
    }
  }
  if (value.is_structured()) {
    for (json& child : value) drop_nulls(child);
  }
}

void require_fit(const Shape& shape, const json& input) {
  const auto violations = input_violations(shape, input);
  if (violations.empty()) return;
  std::string message =
      std::to_string(violations.size()) +
      (violations.size() == 1 ? " validation error detected: " : " validation errors detected: ");
  for (const auto& violation : violations) {
    message += (&violation == violations.data() ? "" : "; ") + violation;
  }
  throw invalid_input(message);
}

// The service checks names before it looks them up. An empty name of an optional member counts as
// absent.
void require_valid_names(const Shape& shape, const json& value) {
  if (shape.kind == Kind::list) {
    for (const json& element : value) require_valid_names(*shape.element, element);
  } else if (shape.kind == Kind::structure) {
    for (const Member& member : shape.members) {
      const auto found = value.find(member.name);
      if (found == value.end() || (!member.required && *found == "")) continue;
      require_valid_names(*member.shape, *found);
    }
  } else if (shape.name == "ResourceName") {
    require_valid_name(value);
  }
}

}  // namespace

json decode_input(const Shape& shape, std::string_view body, std::vector<std::string>& unread) {
  json input = parse_input(body);
  if (body.find("null") != std::string_view::npos) drop_nulls(input);
  require_fit(shape, input);
  require_valid_names(shape, input);
  unread = drop_unknown(shape, input);
  return input;
}

}  // namespace papersail
