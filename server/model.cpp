#include "server/model.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

json fixture_json(std::string_view name) {
  const auto text = fixture(name);
  if (!text) throw std::logic_error("no fixture " + std::string(name));
  return json::parse(*text);
}

json patched_model() {
  json model = fixture_json("service-model.json");
  for (const json& patch : fixture_json("model-patches.json")) {
    model.patch_inplace(patch.at("patch"));
  }
  return model;
}

Kind kind_of(const std::string& type) {
  static const std::map<std::string, Kind> kinds = {
      {"structure", Kind::structure}, {"list", Kind::list},       {"map", Kind::map},
      {"string", Kind::text},         {"integer", Kind::integer}, {"long", Kind::integer},
      {"float", Kind::number},        {"double", Kind::number},   {"boolean", Kind::boolean},
      {"timestamp", Kind::timestamp}};
  return kinds.at(type);
}

std::optional<double> maybe_number(const json& row, const char* name) {
  return row.contains(name) ? std::optional<double>(row[name]) : std::nullopt;
}

}  // namespace

const boost::regex& Shape::regex() const {
  if (!regex_) regex_.emplace(pattern);
  return *regex_;
}

Model::Model() {
  const json model = patched_model();
  version_ = model.at("version");
  for (const auto& [name, row] : model.at("operations").items()) {
    operations_[name] = {&shape(model["shapes"], row.at("input")),
                         &shape(model["shapes"], row.at("output"))};
  }
}

Shape& Model::shape(const json& shapes, const std::string& name) {
  auto& kept = shapes_[name];
  if (kept) return *kept;
  kept = std::make_unique<Shape>();
  Shape& out = *kept;
  const json& row = shapes.at(name);
  out.name = name;
  out.kind = kind_of(row.at("type"));
  out.values = row.value("enum", std::vector<std::string>());
  out.pattern = row.value("pattern", "");
  out.min = maybe_number(row, "min");
  out.max = maybe_number(row, "max");
  if (row.contains("member")) out.element = &shape(shapes, row["member"]);
  if (row.contains("value")) out.element = &shape(shapes, row["value"]);
  const json members = row.value("members", json::object());
  const json required = row.value("required", json::array());
  for (const auto& [member, target] : members.items()) {
    const bool needed = std::find(required.begin(), required.end(), member) != required.end();
    out.members.push_back({member, &shape(shapes, target), needed});
  }
  return out;
}

const Operation* Model::operation(std::string_view action) const {
  const auto found = operations_.find(action);
  return found == operations_.end() ? nullptr : &found->second;
}

}  // namespace papersail
