// The options of the command line that are in no table: those of `serve`, and of all commands.
#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "cli/command_line.hpp"
#include "cli/environment.hpp"
#include "state/account.hpp"

namespace papersail {
namespace {

// The server derives the account from the access key id by the same rule.
std::string account_of_environment() {
  const char* key = std::getenv("AWS_ACCESS_KEY_ID");
  return key && is_account_id(key) ? key : "000000000000";
}

std::string endpoint_error(const std::string& url) {
  try {
    const Endpoint endpoint(url);
    return "";
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

std::string account_error(const std::string& text) {
  return is_account_id(text) ? "" : "must be twelve digits, not " + text;
}

void set_types(CLI::App& app, std::span<const OptionValues> options) {
  for (const OptionValues& one : options) app.get_option(one.option)->type_name(one.type);
}

}  // namespace

void CommandLine::add_serve() {
  serve_ = app_.add_subcommand("serve", "Serve the Lightsail API");
  add_serve_flags(*serve_, serve_flags_);
  set_types(*serve_, serve_options);
  for (CLI::Option* option : serve_->get_options()) {
    if (option == serve_->get_help_ptr()) continue;
    option->description(option->get_description() + " [" +
                        variable_of(option->get_lnames().front()) + "]");
  }
}

void CommandLine::add_settings() {
  settings_.account = account_of_environment();
  settings_.endpoint = endpoint_in(process_variables());
  app_.add_option("--endpoint", settings_.endpoint, "URL of the server")
      ->check(CLI::Validator(endpoint_error, ""))
      ->envname("PAPERSAIL_ENDPOINT")
      ->capture_default_str();
  app_.add_option("--account", settings_.account,
                  "Account, twelve digits; AWS_ACCESS_KEY_ID by default, if it is one")
      ->check(CLI::Validator(account_error, ""))
      ->capture_default_str();
  app_.add_option("--region", settings_.region, "Region that the command env sets")
      ->envname("AWS_DEFAULT_REGION")
      ->capture_default_str();
  app_.add_option("--control-token", settings_.token, "Bearer token of the control API")
      ->envname("PAPERSAIL_CONTROL_TOKEN");
  app_.add_flag("--json", settings_.as_json, "Print the result as JSON, for programs");
  set_types(app_, common_options);
}

// Adds the options of `serve` that environment variables set.
void CommandLine::add_environment(std::vector<std::string>& arguments) {
  const auto serve = std::find(arguments.begin(), arguments.end(), "serve");
  if (serve == arguments.end()) return;
  EnvironmentOptions options = options_in(process_variables(), *serve_, arguments);
  arguments.insert(serve + 1, options.arguments.begin(), options.arguments.end());
  serve_flags_.notices = std::move(options.notices);
  serve_flags_.warnings = std::move(options.warnings);
}

}  // namespace papersail
