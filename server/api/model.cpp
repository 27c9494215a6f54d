#include "server/api/model.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

Kind kind_of(const std::string& type) {
  static const std::map<std::string, Kind> kinds = {
      {"structure", Kind::structure}, {"list", Kind::list},       {"map", Kind::map},
      {"string", Kind::text},         {"integer", Kind::integer}, {"long", Kind::integer},
      {"float", Kind::number},        {"double", Kind::number},   {"boolean", Kind::boolean},
      {"timestamp", Kind::timestamp}};
  return kinds.at(type);
}

// Returns the bound in the model, or the bound of the type if the model has none.
std::optional<double> bound(const json& row, const char* name, double of_integers) {
  if (row.contains(name)) return row[name].get<double>();
  return row.at("type") == "integer" ? std::optional<double>(of_integers) : std::nullopt;
}

// Removes the text up to and including the next `end`, and returns it without `end`.
std::string_view split_off(std::string_view& text, std::string_view end) {
  const std::size_t size = std::min(text.find(end), text.size());
  const std::string_view out = text.substr(0, size);
  text.remove_prefix(std::min(size + end.size(), text.size()));
  return out;
}

// make_service_model.py writes one row per line: `  "Name": {…},`.
std::map<std::string_view, std::string_view> rows_of(std::string_view table) {
  std::map<std::string_view, std::string_view> out;
  while (!table.empty()) {
    std::string_view row = split_off(table, "\n");
    split_off(row, "\"");
    const std::string_view name = split_off(row, "\": ");
    if (row.ends_with(',')) row.remove_suffix(1);
    out.emplace(name, row);
  }
  return out;
}

// The path of every patch is "/shapes/<name>/…".
std::map<std::string, json, std::less<>> patches_by_shape() {
  std::map<std::string, json, std::less<>> out;
  for (const json& entry : parse_json(*fixture("model-patches.json"))) {
    for (json change : entry.at("patch")) {
      const std::string path = change.at("path");
      std::string_view rest = path;
      if (split_off(rest, "/shapes/").size() != 0) throw std::logic_error("no shape in " + path);
      const std::string name(split_off(rest, "/"));
      change["path"] = "/" + std::string(rest);
      out[name].push_back(change);
    }
  }
  return out;
}

}  // namespace

const boost::regex& Shape::regex() const {
  if (!regex_) regex_.emplace(pattern);
  return *regex_;
}

Model::Model() : patches_(patches_by_shape()) {
  std::string_view text = *fixture("service-model.json");
  split_off(text, "\"version\": \"");
  version_ = split_off(text, "\"");
  split_off(text, "\"operations\": {\n");
  operation_rows_ = rows_of(split_off(text, "\n},\n"));
  split_off(text, "\"shapes\": {\n");
  shape_rows_ = rows_of(split_off(text, "\n}"));
}

json Model::shape_row(const std::string& name) const {
  json row = parse_json(shape_rows_.at(name));
  const auto patch = patches_.find(name);
  if (patch != patches_.end()) row.patch_inplace(patch->second);
  return row;
}

const Shape* Model::shape(const std::string& name) {
  auto& cached = shapes_[name];
  if (cached) return cached.get();
  cached = std::make_unique<Shape>();
  Shape& out = *cached;
  const json row = shape_row(name);
  out.name = name;
  out.kind = kind_of(row.at("type"));
  out.values = row.value("enum", std::vector<std::string>());
  out.pattern = row.value("pattern", "");
  out.min = bound(row, "min", std::numeric_limits<std::int32_t>::min());
  out.max = bound(row, "max", std::numeric_limits<std::int32_t>::max());
  if (row.contains("member")) out.element = shape(row["member"]);
  if (row.contains("value")) out.element = shape(row["value"]);
  const json members = row.value("members", json::object());
  const json required = row.value("required", json::array());
  for (const auto& [member, target] : members.items()) {
    const bool is_required = std::find(required.begin(), required.end(), member) != required.end();
    out.members.push_back({member, shape(target), is_required});
  }
  return &out;
}

const ActionModel* Model::action(std::string_view action) {
  const auto found = operations_.find(action);
  if (found != operations_.end()) return &found->second;
  const auto row = operation_rows_.find(action);
  if (row == operation_rows_.end()) return nullptr;
  const json names = parse_json(row->second);
  const ActionModel operation{shape(names.at("input")), shape(names.at("output"))};
  return &operations_.emplace(action, operation).first->second;
}

std::vector<std::string> Model::errors(std::string_view action) const {
  return parse_json(operation_rows_.at(action)).at("errors");
}

std::vector<std::string> Model::actions() const {
  std::vector<std::string> out;
  for (const auto& [name, row] : operation_rows_) out.emplace_back(name);
  return out;
}

}  // namespace papersail
