// The service model: the shapes of all actions, and the validation of values against them.
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
  std::vector<Member> members;      // of a structure, sorted by name
  const Shape* element = nullptr;   // of a list or a map
  std::vector<std::string> values;  // of an enum
  std::string pattern;
  std::optional<double> min, max;  // size of text and lists, value of numbers

  // Compiled on first use: most patterns are never used.
  const boost::regex& regex() const;

 private:
  mutable std::optional<boost::regex> regex_;
};

// An action's shapes.
struct ActionModel {
  const Shape* input = nullptr;
  const Shape* output = nullptr;
};

// The embedded model with its patches (fixtures/model-patches.json) applied. Shapes are parsed on
// first use: parsing all of them would take longer than the rest of the startup.
class Model {
 public:
  Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  // Returns null if there is no such action.
  const ActionModel* action(std::string_view action);
  bool has(std::string_view action) const { return operation_rows_.contains(action); }
  // Returns the exceptions that the model lists for an action, which must exist.
  std::vector<std::string> errors(std::string_view action) const;
  // Returns the names of all actions.
  std::vector<std::string> actions() const;
  // Returns the source of the model: "botocore 1.44.5".
  const std::string& version() const { return version_; }

 private:
  // Maps the name of a row to its JSON; both are views of the fixture.
  using Rows = std::map<std::string_view, std::string_view>;

  json shape_row(const std::string& name) const;
  const Shape* shape(const std::string& name);

  std::string version_;
  Rows operation_rows_, shape_rows_;
  std::map<std::string, json, std::less<>> patches_;  // by shape
  std::map<std::string, std::unique_ptr<Shape>> shapes_;
  std::map<std::string, ActionModel, std::less<>> operations_;
};

// Returns the violations of an input, worded as AWS does, with the path of each member. Unknown
// members are ignored, as the service does. Empty if the input is valid.
std::vector<std::string> input_violations(const Shape& shape, const json& value);

// Returns the violations of an output. Unknown and null members are violations; sizes and patterns
// are not checked, since the service does not guarantee them.
std::vector<std::string> output_violations(const Shape& shape, const json& value);

// Removes members that are not in the shape, at any depth, from a valid input, so that a handler
// cannot store and return them. Returns their paths: "tags.1.member.colour".
std::vector<std::string> drop_unknown(const Shape& shape, json& value);

}  // namespace papersail
