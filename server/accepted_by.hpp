// Checks the value of an option while the command line is read.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <stdexcept>
#include <string>

namespace papersail {

// Accepts the values that `parse` accepts. If `parse` throws std::invalid_argument, CLI11 reports
// its message together with the name of the option.
inline CLI::Validator accepted_by(const std::function<void(const std::string&)>& parse) {
  return CLI::Validator(
      [parse](const std::string& text) -> std::string {
        try {
          parse(text);
          return "";
        } catch (const std::invalid_argument& error) {
          return error.what();
        }
      },
      "");
}

}  // namespace papersail
