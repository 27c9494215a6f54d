#include "text/strict_object.hpp"

#include <stdexcept>

namespace papersail {
namespace {

std::string number_text(double number) {
  return json(number).dump();
}

}  // namespace

StrictObject::StrictObject(json object, std::string path)
    : rest_(std::move(object)), taken_(json::object()), path_(std::move(path)) {
  if (rest_.is_object()) return;
  const std::string what = path_.empty() ? "The body" : '"' + path_ + '"';
  throw std::invalid_argument(what + " must be a JSON object.");
}

void StrictObject::drop_notes() {
  auto& members = rest_.get_ref<json::object_t&>();
  std::erase_if(members, [](const auto& member) { return member.first.starts_with('_'); });
}

void StrictObject::require(std::initializer_list<const char*> names) const {
  for (const char* name : names) {
    if (!rest_.contains(name)) throw std::invalid_argument(named(name) + " is required.");
  }
}

const json* StrictObject::any(const std::string& name) {
  const auto found = rest_.find(name);
  if (found == rest_.end()) return nullptr;
  json& kept = taken_[name] = std::move(*found);
  rest_.erase(found);
  return &kept;
}

std::optional<std::string> StrictObject::text(const std::string& name) {
  const json* value = any(name);
  if (!value) return std::nullopt;
  if (!value->is_string()) refuse(name, "a string");
  return value->get<std::string>();
}

std::optional<double> StrictObject::number(const std::string& name, double least, double most) {
  const json* value = any(name);
  if (!value) return std::nullopt;
  if (!value->is_number()) refuse(name, "a number");
  const double number = value->get<double>();
  if (!(number >= least && number <= most)) {
    refuse(name, "at least " + number_text(least) + " and at most " + number_text(most));
  }
  return number;
}

std::optional<std::uint64_t> StrictObject::count(const std::string& name, std::uint64_t least) {
  const json* value = any(name);
  if (!value) return std::nullopt;
  if (!value->is_number_unsigned() || value->get<std::uint64_t>() < least) {
    refuse(name, "a whole number of at least " + std::to_string(least));
  }
  return value->get<std::uint64_t>();
}

void StrictObject::finish(const std::string& advice) const {
  if (rest_.empty()) return;
  throw std::invalid_argument("Unknown member " + named(rest_.begin().key()) + '.' +
                              (advice.empty() ? "" : ' ' + advice));
}

std::string StrictObject::named(const std::string& name) const {
  return '"' + (path_.empty() ? name : path_ + '.' + name) + '"';
}

void StrictObject::refuse(const std::string& name, const std::string& rule) const {
  throw std::invalid_argument(named(name) + " must be " + rule + '.');
}

}  // namespace papersail
