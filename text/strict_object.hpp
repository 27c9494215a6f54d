// Strict reading of JSON objects from clients and files, which refuses unknown members.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "text/json.hpp"

namespace papersail {

// Reads the members of an object one by one. Throws std::invalid_argument for an invalid member,
// with its path in the message: `"error.type" must be a string.`
class StrictObject {
 public:
  // `path` is the path of the object; "" for the body of a request.
  explicit StrictObject(json object, std::string path = "");

  // Removes the members whose names begin with "_": notes in a file.
  void drop_notes();
  // Throws if one of the members is absent. Call it before they are read.
  void require(std::initializer_list<const char*> names) const;
  // Return the member; null or nullopt if it is absent.
  const json* any(const std::string& name);
  std::optional<std::string> text(const std::string& name);
  std::optional<double> number(const std::string& name, double least, double most);
  std::optional<std::uint64_t> count(const std::string& name, std::uint64_t least);
  // Throws if a member of the object has not been read; adds `advice` to the message.
  void finish(const std::string& advice = "") const;

  // Returns the path of a member, in quotes.
  std::string named(const std::string& name) const;
  [[noreturn]] void refuse(const std::string& name, const std::string& rule) const;

 private:
  json rest_;
  json taken_;
  std::string path_;
};

}  // namespace papersail
