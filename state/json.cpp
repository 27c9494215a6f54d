#include "state/json.hpp"

template class nlohmann::basic_json<>;

namespace papersail {
namespace {

// nlohmann's binary values are not JSON, so they are free to carry ready text.
std::string_view text_of(const json& value) {
  const auto& bytes = value.get_binary();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void append(std::string& out, const json& value);

void append_members(std::string& out, const json& value) {
  char before = '{';
  for (const auto& [key, member] : value.items()) {
    out += before;
    out += json(key).dump();
    out += ':';
    append(out, member);
    before = ',';
  }
  out += '}';
}

void append_elements(std::string& out, const json& value) {
  char before = '[';
  for (const json& element : value) {
    out += before;
    append(out, element);
    before = ',';
  }
  out += ']';
}

void append(std::string& out, const json& value) {
  if (value.is_binary()) {
    out += text_of(value);
  } else if (value.is_object() && !value.empty()) {
    append_members(out, value);
  } else if (value.is_array() && !value.empty()) {
    append_elements(out, value);
  } else {
    out += value.dump();
  }
}

}  // namespace

json ready(std::string_view text) {
  return json::binary(json::binary_t::container_type(text.begin(), text.end()));
}

std::string write(const json& value) {
  std::string out;
  append(out, value);
  return out;
}

json parsed(const json& value) {
  if (value.is_binary()) return json::parse(text_of(value));
  json out = value;
  if (out.is_structured()) {
    for (json& child : out) child = parsed(child);
  }
  return out;
}

}  // namespace papersail
