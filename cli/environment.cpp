#include "cli/environment.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/cli.hpp"
#include "cli/localstack.hpp"

namespace papersail {
namespace {

constexpr std::string_view prefix = "PAPERSAIL_";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Returns true for a variable that Kubernetes sets for a Service named "papersail":
// PAPERSAIL_PORT=tcp://10.0.0.1:4566, PAPERSAIL_PORT_4566_TCP, PAPERSAIL_SERVICE_HOST and others.
bool is_service_link(std::string_view name, std::string_view value) {
  constexpr std::string_view port = "PAPERSAIL_PORT", numbered = "PAPERSAIL_PORT_";
  if (name == port) return value.find("://") != std::string_view::npos;
  if (name.starts_with("PAPERSAIL_SERVICE_")) return true;
  return name.starts_with(numbered) && name.size() > numbered.size() &&
         is_digit(name[numbered.size()]);
}

// Returns the option of a variable: "init-dir" for "PAPERSAIL_INIT_DIR".
std::string option_of(std::string_view variable) {
  std::string out(variable.substr(prefix.size()));
  for (char& c : out) c = c == '_' ? '-' : static_cast<char>(std::tolower(c));
  return out;
}

// A PAPERSAIL_ variable wins over a variable of LocalStack for the same option.
std::vector<Setting> settings_in(const Variables& variables) {
  std::vector<Setting> out;
  for (const auto& [name, value] : variables) {
    if (!name.starts_with(prefix) || is_service_link(name, value)) continue;
    out.push_back({option_of(name), value, name});
  }
  for (Setting& setting : localstack_settings(variables)) {
    const auto same = [&](const Setting& ours) { return ours.option == setting.option; };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(setting));
  }
  return out;
}

bool is_given(const std::vector<std::string>& arguments, const std::string& option) {
  return std::any_of(arguments.begin(), arguments.end(), [&](const std::string& argument) {
    return argument == option || argument.starts_with(option + "=");
  });
}

// Splits the value of an option that may be repeated at commas.
std::vector<std::string> values_of(const CLI::Option& option, const std::string& text) {
  const bool repeats = option.get_expected_max() > 1 ||
                       option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  return repeats ? CLI::detail::split(text, ',') : std::vector<std::string>{text};
}

// CLI11 names the option in its error; the user needs the name of the variable.
void require_valid(CLI::Option& option, const std::string& value, const std::string& variable) {
  if (value.empty()) throw UsageError(variable + " has an empty value; set one, or unset it");
  try {
    option.add_result(value);
    option.run_callback();
    option.clear();
  } catch (const CLI::ValidationError& error) {
    const std::string message = error.what(), of_option = option.get_name() + ": ";
    throw UsageError(variable + ": " +
                     message.substr(message.starts_with(of_option) ? of_option.size() : 0));
  } catch (const CLI::ParseError&) {
    throw UsageError(variable + ": invalid value " + value);
  }
}

std::string value_in(const std::vector<Setting>& settings, std::string_view option,
                     std::string fallback) {
  for (const Setting& setting : settings) {
    if (setting.option == option && !setting.value.empty()) return setting.value;
  }
  return fallback;
}

// Returns an address that a client can connect to, in the form of a URL.
std::string reachable(const std::string& host) {
  if (host == "0.0.0.0") return "127.0.0.1";
  if (host == "::") return "[::1]";
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

Variables process_variables() {
  Variables out;
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) out[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return out;
}

std::string variable_of(std::string_view option) {
  std::string out(prefix);
  for (const char c : option) out += c == '-' ? '_' : static_cast<char>(std::toupper(c));
  return out;
}

EnvironmentOptions options_in(const Variables& variables, CLI::App& serve,
                              const std::vector<std::string>& given) {
  EnvironmentOptions out;
  for (const Setting& setting : settings_in(variables)) {
    const std::string name = "--" + setting.option;
    CLI::Option* option = serve.get_option_no_throw(name);
    if (!option && setting.option != "endpoint") {
      out.warnings.push_back(setting.variable + " is not a setting of papersail");
    }
    if (!option || is_given(given, name)) continue;
    for (const std::string& value : values_of(*option, setting.value)) {
      require_valid(*option, value, setting.variable);
      out.arguments.push_back(name + "=" + value);
    }
    if (!setting.variable.starts_with(prefix)) {
      out.notices.push_back(setting.variable + " sets " + name + " to " + setting.value);
    }
  }
  return out;
}

std::string endpoint_in(const Variables& variables) {
  const std::vector<Setting> settings = settings_in(variables);
  const std::string port = value_in(settings, "port", "4566");
  return "http://" + reachable(value_in(settings, "host", "127.0.0.1")) + ":" +
         (port == "0" ? "4566" : port);
}

}  // namespace papersail
