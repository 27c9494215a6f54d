#include "cli/cli.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "cli/completion.hpp"
#include "cli/environment.hpp"
#include "server/serve.hpp"
#include "server/version.hpp"
#include "state/account.hpp"

namespace papersail {
namespace {

constexpr const char* about = R"(
Exit codes: 0 success, 1 failure, 2 invalid arguments, 3 server unreachable, 4 timeout.
Options and examples of a command: papersail COMMAND --help)";

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find(' '));
}

// Returns "NAME" for "[NAME]", "--to" for "--to ACCOUNT".
std::string name_of(const Argument& argument) {
  const std::string_view word = first_word(argument.form);
  return std::string(word.starts_with('[') ? word.substr(1, word.size() - 2) : word);
}

bool is_switch(std::string_view form) {
  return form.starts_with('-') && form.find(' ') == std::string_view::npos;
}

// The parser (CLI11) of the commands in the tables.
class CommandLine {
 public:
  CommandLine();
  ExitCode run(std::vector<std::string> arguments);
  const CLI::App& app() const { return app_; }

 private:
  struct Entry {
    Command command;
    std::map<std::string, std::string, std::less<>> texts;
    std::map<std::string, bool, std::less<>> switches;
  };

  void require_command(const std::vector<std::string>& arguments) const;
  void add_environment(std::vector<std::string>& arguments);
  void add_serve();
  void add_settings();
  void add(const Command& command);
  static void add_argument(CLI::App& app, Entry& entry, const Argument& argument);
  ExitCode run_serve();
  ExitCode run_selected();

  CLI::App app_{"papersail: a local Amazon Lightsail", "papersail"};
  Settings settings_;
  ServeFlags serve_flags_;
  CLI::App* serve_ = nullptr;
  std::map<const CLI::App*, Entry> entries_;
};

CommandLine::CommandLine() {
  app_.require_subcommand(1);
  app_.set_version_flag("--version", "papersail " + version_text());
  app_.footer(about);
  add_serve();
  add_settings();
  for (const Command& command : all_commands()) add(command);
}

void CommandLine::add_serve() {
  serve_ = app_.add_subcommand("serve", "Serve the Lightsail API");
  add_serve_flags(*serve_, serve_flags_);
  for (CLI::Option* option : serve_->get_options()) {
    if (option == serve_->get_help_ptr()) continue;
    option->description(option->get_description() + "\n[" +
                        variable_of(option->get_lnames().front()) + "]");
  }
}

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

void CommandLine::add_settings() {
  settings_.account = account_of_environment();
  settings_.endpoint = endpoint_in(process_variables());
  app_.add_option("--endpoint", settings_.endpoint, "URL of the server")
      ->check(CLI::Validator(endpoint_error, ""))
      ->type_name("URL")
      ->envname("PAPERSAIL_ENDPOINT")
      ->capture_default_str();
  app_.add_option("--account", settings_.account,
                  "Account, twelve digits; AWS_ACCESS_KEY_ID by default, if it is one")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return is_account_id(text) ? "" : "must be twelve digits";
          },
          ""))
      ->type_name("ID")
      ->capture_default_str();
  app_.add_option("--region", settings_.region, "Region that the command env sets")
      ->type_name("NAME")
      ->envname("AWS_DEFAULT_REGION")
      ->capture_default_str();
  app_.add_option("--control-token", settings_.token, "Bearer token of the control API")
      ->type_name("TOKEN")
      ->envname("PAPERSAIL_CONTROL_TOKEN");
  app_.add_flag("--json", settings_.as_json, "Print the server's response as JSON");
}

void CommandLine::add(const Command& command) {
  CLI::App* app = &app_;
  std::string_view words = command.name;
  while (!words.empty()) {
    const std::string word(first_word(words));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    app = words.empty() ? app->add_subcommand(word, command.help) : app->get_subcommand(word);
  }
  app->fallthrough();
  app->require_subcommand(0, 1);
  app->footer(std::string("Example:\n  ") + command.example +
              "\n\nOptions of all commands: papersail --help");
  Entry& entry = entries_[app];
  entry.command = command;
  for (const Argument& argument : entry.command.arguments) {
    if (argument.form) add_argument(*app, entry, argument);
  }
}

void CommandLine::add_argument(CLI::App& app, Entry& entry, const Argument& argument) {
  const std::string name = name_of(argument);
  const std::string_view form = argument.form;
  if (is_switch(form)) {
    app.add_flag(name, entry.switches[name], argument.help);
    return;
  }
  CLI::Option* option = app.add_option(name, entry.texts[name], argument.help);
  const std::size_t space = form.find(' ');
  option->type_name(space == std::string_view::npos ? "" : std::string(form.substr(space + 1)));
  if (form == name && !form.starts_with('-')) option->required();
}

// CLI11 reports an unknown command as a missing command.
void CommandLine::require_command(const std::vector<std::string>& arguments) const {
  if (arguments.empty() || arguments.front().starts_with('-')) return;
  const std::string& word = arguments.front();
  const auto has_name = [&](const CLI::App* command) { return command->get_name() == word; };
  if (app_.get_subcommands(has_name).empty()) {
    throw UsageError("unknown command \"" + word + "\" (see papersail --help)");
  }
}

// Throws UsageError for an empty value: `--data "$UNSET"` in a shell script must not run in memory.
void require_values(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const bool ends_empty = argument.starts_with("--") && argument.find('=') == argument.size() - 1;
    if (ends_empty) throw UsageError(argument.substr(0, argument.size() - 1) + " has no value");
    if (!argument.empty()) continue;
    const bool is_value = i > 0 && arguments[i - 1].starts_with("--");
    throw UsageError((is_value ? arguments[i - 1] : "an argument") + " has an empty value");
  }
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

ExitCode CommandLine::run(std::vector<std::string> arguments) {
  require_command(arguments);
  require_values(arguments);
  add_environment(arguments);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 expects the reverse order
  try {
    app_.parse(std::move(arguments));
  } catch (const CLI::Success& help) {
    app_.exit(help);
    return exit_ok;
  } catch (const CLI::ParseError& error) {
    throw UsageError(std::string(error.what()) + " (see papersail [COMMAND] --help)");
  }
  return run_selected();
}

ExitCode CommandLine::run_serve() {
  try {
    serve(serve_flags_);
  } catch (const std::invalid_argument& wrong) {
    throw UsageError(wrong.what());
  }
  return exit_ok;
}

ExitCode CommandLine::run_selected() {
  const CLI::App* app = app_.get_subcommands().front();
  if (app == serve_) return run_serve();
  while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
  const Entry& entry = entries_.at(app);
  Invocation::Values values;
  for (const auto& [name, text] : entry.texts) {
    if (app->count(name) > 0) values[name] = text;
  }
  for (const auto& [name, set] : entry.switches) {
    if (set) values[name] = "true";
  }
  Invocation invocation(settings_, std::move(values));
  return entry.command.run(invocation);
}

ExitCode print_error(const std::string& message, ExitCode code) {
  std::cerr << "papersail: " << message << std::endl;
  return code;
}

}  // namespace

std::vector<Command> all_commands() {
  std::vector<Command> out;
  for (const auto family :
       {server_commands, local_commands, account_commands, checkpoint_commands, clock_commands,
        fault_commands, request_commands, replay_commands, doctor_commands}) {
    out.insert(out.end(), family.begin(), family.end());
  }
  return out;
}

ExitCode run_command_line(const std::vector<std::string>& arguments) {
  try {
    CommandLine command_line;
    if (!arguments.empty() && arguments.front() == "__complete") {
      for (const auto& word : completions(command_line.app(), arguments)) std::cout << word << '\n';
      return exit_ok;
    }
    return command_line.run(arguments);
  } catch (const UsageError& error) {
    return print_error(error.what(), exit_usage);
  } catch (const Unreachable& error) {
    return print_error(error.what(), exit_unreachable);
  } catch (const TimedOut& error) {
    return print_error(error.what(), exit_timeout);
  } catch (const std::exception& error) {
    return print_error(error.what(), exit_failed);
  }
}

}  // namespace papersail
