#include "server/control/members.hpp"

#include <cmath>

namespace papersail {
namespace {

std::string plain(double number) {
  return json(number).dump();
}

}  // namespace

Members::Members(const json& object, std::string path)
    : rest_(object), taken_(json::object()), path_(std::move(path)) {
  if (object.is_object()) return;
  const std::string what = path_.empty() ? "The body" : '"' + path_ + '"';
  throw ControlError{400, what + " must be a JSON object."};
}

const json* Members::any(const char* name) {
  const auto found = rest_.find(name);
  if (found == rest_.end()) return nullptr;
  json& kept = taken_[name] = std::move(*found);
  rest_.erase(found);
  return &kept;
}

std::optional<std::string> Members::text(const char* name) {
  const json* value = any(name);
  if (!value) return std::nullopt;
  if (!value->is_string()) refuse(name, "a string");
  return value->get<std::string>();
}

std::optional<double> Members::number(const char* name, double least, double most) {
  const json* value = any(name);
  if (!value) return std::nullopt;
  if (!value->is_number()) refuse(name, "a number");
  const double number = value->get<double>();
  if (!(number >= least && number <= most)) {
    refuse(name, "at least " + plain(least) + " and at most " + plain(most));
  }
  return number;
}

std::optional<std::uint64_t> Members::count(const char* name, std::uint64_t least) {
  const json* value = any(name);
  if (!value) return std::nullopt;
  if (!value->is_number_unsigned() || value->get<std::uint64_t>() < least) {
    refuse(name, "a whole number of at least " + std::to_string(least));
  }
  return value->get<std::uint64_t>();
}

void Members::finish() const {
  if (rest_.empty()) return;
  throw ControlError{400, "There is no member " + named(rest_.begin().key()) + " here."};
}

std::string Members::named(const std::string& name) const {
  return '"' + (path_.empty() ? name : path_ + '.' + name) + '"';
}

void Members::refuse(const std::string& name, const std::string& rule) const {
  throw ControlError{400, named(name) + " must be " + rule + '.'};
}

}  // namespace papersail
