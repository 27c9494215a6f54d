#include "server/foreign/tagging_input.hpp"

#include "text/strings.hpp"

namespace papersail {

ApiError invalid_tagging_input(const std::string& message) {
  return {"InvalidParameterException", "InvalidParameterException", message};
}

TaggingInput::TaggingInput(std::string_view body) : object_(json::object()) {
  if (body.empty()) return;
  const bool deep = depth_of(body) > deepest_input;
  object_ = deep ? json() : try_parse_json(body);
  if (!object_.is_object()) throw invalid_tagging_input("The request body is not a JSON object.");
}

const json* TaggingInput::find(const char* member) const {
  const auto found = object_.find(member);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::string TaggingInput::text(const char* member) const {
  const json* found = find(member);
  if (!found) return "";
  if (!found->is_string()) throw invalid_tagging_input(std::string(member) + " must be a string.");
  return *found;
}

std::vector<std::string> TaggingInput::texts(const char* member) const {
  const json* found = find(member);
  if (!found) return {};
  const auto refuse = [&] {
    throw invalid_tagging_input(std::string(member) + " must be a list of strings.");
  };
  if (!found->is_array()) refuse();
  std::vector<std::string> out;
  for (const json& element : *found) {
    if (!element.is_string()) refuse();
    out.push_back(element);
  }
  return out;
}

std::vector<TaggingInput> TaggingInput::objects(const char* member) const {
  const json* found = find(member);
  if (!found) return {};
  const auto refuse = [&] {
    throw invalid_tagging_input(std::string(member) + " must be a list of objects.");
  };
  if (!found->is_array()) refuse();
  std::vector<TaggingInput> out;
  for (const json& element : *found) {
    if (!element.is_object()) refuse();
    out.push_back(TaggingInput(element));
  }
  return out;
}

std::size_t TaggingInput::number(const char* member, std::size_t most) const {
  const json* found = find(member);
  if (!found) return most;
  if (!found->is_number_integer() || *found < 1 || *found > most)
    throw invalid_tagging_input(std::string(member) + " must be 1 to " + std::to_string(most) +
                                ".");
  return *found;
}

}  // namespace papersail
