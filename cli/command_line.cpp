#include "cli/command_line.hpp"

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "cli/help.hpp"
#include "cli/port_in_use.hpp"
#include "cli/usage.hpp"
#include "server/version.hpp"

namespace papersail {
namespace {

constexpr const char* about = R"(
Exit codes: 0 success, 1 failure, 2 invalid arguments, 3 server unreachable,
4 timeout. Options and examples of a command: papersail help COMMAND)";

// Replaces `help COMMAND` by `COMMAND --help`.
void replace_help(std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front() != "help") return;
  if (arguments.back().starts_with('-')) return;
  arguments.erase(arguments.begin());
  arguments.emplace_back("--help");
}

}  // namespace

CommandLine::CommandLine() {
  app_.require_subcommand(1);
  app_.set_version_flag("--version", "papersail " + version_text(), "Print the version");
  app_.set_help_flag("-h,--help", "Print this help");
  app_.footer(about);
  add_serve();
  add_settings();
  for (const Command& command : all_commands()) add(command);
  set_help(app_);
}

void CommandLine::add(const Command& command) {
  CLI::App* app = &app_;
  std::string_view words = command.name;
  while (!words.empty()) {
    const std::string word(words.substr(0, words.find(' ')));
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
  if (is_switch(argument)) {
    app.add_flag(name, entry.switches[name], argument.help);
    return;
  }
  const std::string_view form = argument.form;
  CLI::Option* option = app.add_option(name, entry.texts[name], argument.help);
  const std::size_t space = form.find(' ');
  option->type_name(space == std::string_view::npos ? "" : std::string(form.substr(space + 1)));
  if (form == name && !form.starts_with('-')) option->required();
}

ExitCode CommandLine::run(std::vector<std::string> arguments) {
  if (arguments.empty()) {  // as `go` and `python -m`, so that a script that lost its command fails
    std::cerr << app_.help();
    return exit_usage;
  }
  replace_help(arguments);
  const std::string command = command_in(app_, arguments);
  const std::string help = " (papersail " + (command.empty() ? "" : command + ' ') + "--help)";
  try {
    return parse_and_run(std::move(arguments));
  } catch (const UsageError& error) {
    throw UsageError(error.what() + help);
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what() + help);
  }
}

ExitCode CommandLine::parse_and_run(std::vector<std::string> arguments) {
  require_known_words(app_, arguments);
  add_environment(arguments);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 expects the reverse order
  try {
    app_.parse(std::move(arguments));
  } catch (const CLI::Success& help) {
    app_.exit(help);
    return exit_ok;
  } catch (const CLI::ParseError& error) {
    throw UsageError(usage_message(error.what()));
  }
  return run_selected();
}

ExitCode CommandLine::run_serve() try {
  serve(serve_flags_);
  return exit_ok;
} catch (const std::runtime_error& error) {
  throw std::runtime_error(error.what() + cure_of_listening(error.what()));
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
  Invocation::Words words;
  for (const Argument& argument : entry.command.arguments) {
    if (argument.member) words[argument.member] = name_of(argument);
  }
  Invocation invocation(settings_, std::move(values), std::move(words));
  return entry.command.run(invocation);
}

}  // namespace papersail
