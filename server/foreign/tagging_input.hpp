// Reads the input of the Resource Groups Tagging API. papersail has no service model of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "state/error.hpp"
#include "text/json.hpp"

namespace papersail {

// The error of an invalid input.
ApiError invalid_tagging_input(const std::string& message);

class TaggingInput {
 public:
  // The functions throw invalid_tagging_input for a body or a member of another type.
  explicit TaggingInput(std::string_view body);

  // Returns a member; "" if it is absent.
  std::string text(const char* member) const;
  std::vector<std::string> texts(const char* member) const;
  // Returns the members "Key" and "Values" of each element.
  std::vector<TaggingInput> objects(const char* member) const;
  // Returns the member, which is 1 to `most`; `most` if it is absent.
  std::size_t number(const char* member, std::size_t most) const;

 private:
  explicit TaggingInput(json object) : object_(std::move(object)) {}
  const json* find(const char* member) const;

  json object_;
};

}  // namespace papersail
