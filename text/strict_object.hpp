// The strict reading of a JSON object that a client sent: unknown members are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "text/json.hpp"

namespace papersail {

// Takes the members of an object one by one. Throws std::invalid_argument, which names the member
// by its path: `"error.type" must be a string.`
class StrictObject {
 public:
  // `path` is the object's own; "" for the body of a request.
  explicit StrictObject(const json& object, std::string path = "");

  // Null if it is absent.
  const json* any(const char* name);
  std::optional<std::string> text(const char* name);
  std::optional<double> number(const char* name, double least, double most);
  std::optional<std::uint64_t> count(const char* name, std::uint64_t least);
  // Refuses what nobody took.
  void finish() const;

  // The path of a member, in quotes.
  std::string named(const std::string& name) const;
  [[noreturn]] void refuse(const std::string& name, const std::string& rule) const;

 private:
  json rest_;
  json taken_;
  std::string path_;
};

}  // namespace papersail
