// Checks and conversions of the values of options while the command line is read. If a function
// throws std::invalid_argument, CLI11 reports its message together with the name of the option.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <stdexcept>
#include <string>

namespace papersail {

// Accepts the values for which `check` does not throw.
inline CLI::Validator accepted_by(const std::function<void(const std::string&)>& check) {
  return CLI::Validator(
      [check](const std::string& text) -> std::string {
        try {
          check(text);
          return "";
        } catch (const std::invalid_argument& error) {
          return error.what();
        }
      },
      "");
}

// Adds an option and stores what `parse` returns for its value in `target`. Without the option,
// `target` keeps its value, which --help shows as `shown_default`, if that is not empty.
template <typename Target, typename Parse>
void add_parsed(CLI::App& app, const std::string& name, Target& target, Parse parse,
                const std::string& help, const std::string& shown_default = "") {
  const auto store = [name, &target, parse](const std::string& text) {
    try {
      target = parse(text);
    } catch (const std::invalid_argument& error) {
      throw CLI::ValidationError(name, error.what());
    }
  };
  app.add_option_function<std::string>(name, store, help)->default_str(shown_default);
}

}  // namespace papersail
