// The parser (CLI11) of the commands in the tables.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.hpp"
#include "server/serve.hpp"

namespace papersail {

class CommandLine {
 public:
  CommandLine();
  // Runs the command. Throws UsageError with the command whose help describes the cure.
  ExitCode run(std::vector<std::string> arguments);
  const CLI::App& app() const { return app_; }
  const Settings& settings() const { return settings_; }

 private:
  struct Entry {
    Command command;
    std::map<std::string, std::string, std::less<>> texts;
    std::map<std::string, bool, std::less<>> switches;
  };

  void add_serve();
  void add_settings();
  void add(const Command& command);
  static void add_argument(CLI::App& app, Entry& entry, const Argument& argument);
  void add_environment(std::vector<std::string>& arguments);
  ExitCode parse_and_run(std::vector<std::string> arguments);
  ExitCode run_serve();
  ExitCode run_selected();

  CLI::App app_{"papersail: a local Amazon Lightsail", "papersail"};
  Settings settings_;
  ServeFlags serve_flags_;
  CLI::App* serve_ = nullptr;
  std::map<const CLI::App*, Entry> entries_;
};

}  // namespace papersail
