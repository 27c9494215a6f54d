// The service model: what the shapes of all actions are, and whether a value fits one.
#pragma once

#include <boost/regex.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/json.hpp"

namespace papersail {

struct Shape;

// A member of a structure.
struct Member {
  std::string name;
  const Shape* shape = nullptr;
  bool required = false;
};

enum class Kind { structure, list, map, text, integer, number, boolean, timestamp };

// One shape of the published model.
struct Shape {
  std::string name;
  Kind kind = Kind::text;
  std::vector<Member> members;      // of a structure, by name
  const Shape* element = nullptr;   // of a list or a map
  std::vector<std::string> values;  // of an enum
  std::string pattern;
  std::optional<double> min, max;  // a size for text and lists, a value for numbers

  // Compiled when it is first needed: most patterns never are.
  const boost::regex& regex() const;

 private:
  mutable std::optional<boost::regex> regex_;
};

// An action's shapes.
struct ActionModel {
  const Shape* input = nullptr;
  const Shape* output = nullptr;
};

// The embedded model with its patches (fixtures/model-patches.json) applied. Reading all of it
// would take longer than the rest of the start, so each shape is read when it is first needed.
class Model {
 public:
  Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  // Null for a name that is no action.
  const ActionModel* action(std::string_view action);
  bool has(std::string_view action) const { return operation_rows_.contains(action); }
  // The exceptions that the model names for an action, which is one.
  std::vector<std::string> errors(std::string_view action) const;
  // The names of all actions.
  std::vector<std::string> actions() const;
  // What wrote the model: "botocore 1.44.5".
  const std::string& version() const { return version_; }

 private:
  // Views of the fixture: a row's name and its JSON.
  using Rows = std::map<std::string_view, std::string_view>;

  json shape_row(const std::string& name) const;
  const Shape* shape(const std::string& name);

  std::string version_;
  Rows operation_rows_, shape_rows_;
  std::map<std::string, json, std::less<>> patches_;  // by the shape that they change
  std::map<std::string, std::unique_ptr<Shape>> shapes_;
  std::map<std::string, ActionModel, std::less<>> operations_;
};

// What is wrong with `value` as an input of this shape, in AWS's manner, naming each member by its
// path. Unknown members are ignored, as the service does. Empty: it fits.
std::vector<std::string> input_violations(const Shape& shape, const json& value);

// The same for an output, where unknown members are violations too, and sizes and patterns are the
// service's own business.
std::vector<std::string> output_violations(const Shape& shape, const json& value);

// Takes out what an input that fits has beyond its shape, at any depth: what a handler stores of
// its input must not bring it back. Returns the paths of what it took: "tags.1.member.colour".
std::vector<std::string> drop_unknown(const Shape& shape, json& value);

}  // namespace papersail
