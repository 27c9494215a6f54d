// Strict reading of JSON objects from clients, which refuses unknown members.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "text/json.hpp"

namespace papersail {

// Reads the members of an object one by one. Throws std::invalid_argument for an invalid member,
// with its path in the message: `"error.type" must be a string.`
class StrictObject {
 public:
  // `path` is the path of the object; "" for the body of a request.
  explicit StrictObject(const json& object, std::string path = "");

  // Return the member; null or nullopt if it is absent.
  const json* any(const char* name);
  std::optional<std::string> text(const char* name);
  std::optional<double> number(const char* name, double least, double most);
  std::optional<std::uint64_t> count(const char* name, std::uint64_t least);
  // Throws if a member of the object has not been read.
  void finish() const;

  // Returns the path of a member, in quotes.
  std::string named(const std::string& name) const;
  [[noreturn]] void refuse(const std::string& name, const std::string& rule) const;

 private:
  json rest_;
  json taken_;
  std::string path_;
};

}  // namespace papersail
