#include "cli/help.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <sstream>
#include <utility>
#include <vector>

namespace papersail {
namespace {

constexpr std::size_t line_width = 80, name_width = 26;

struct Group {
  const char* name;
  std::vector<const char*> commands;
};

const Group groups[] = {
    {"Server", {"serve", "wait", "status", "doctor", "env"}},
    {"Accounts", {"reset", "fork", "checkpoint", "restore"}},
    {"Time and failures", {"clock", "lifecycle", "fault"}},
    {"Recorded calls", {"requests", "export", "replay"}},
    {"This program", {"actions", "completion", "help", "version"}},
};

// Names the value, the default and the variable of an option, in this order.
class Formatter : public CLI::Formatter {
 public:
  Formatter() { column_width(name_width); }

  std::string make_option_opts(const CLI::Option* option) const override {
    const std::string& type = option->get_type_name();
    return type.empty() ? "" : ' ' + type;
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    std::string text = option->get_description();
    const std::string& variable = option->get_envname();
    if (!option->get_default_str().empty()) text += " [" + option->get_default_str() + ']';
    if (!variable.empty()) text += " [" + variable + ']';
    return wrapped(text, line_width - name_width);
  }

  std::string make_subcommand(const CLI::App* command) const override {
    std::ostringstream out;
    CLI::detail::format_help(out, command->get_name(),
                             wrapped(command->get_description(), line_width - name_width),
                             name_width);
    return out.str();
  }

  std::string make_description(const CLI::App* app) const override {
    return app->get_description() + '\n';
  }
};

void set_formatter(CLI::App& app, const std::shared_ptr<Formatter>& formatter) {
  app.formatter(formatter);
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    set_formatter(*command, formatter);
  }
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t width) {
  std::string out;
  std::size_t column = 0;
  std::istringstream words(text);
  for (std::string word; words >> word; column += word.size()) {
    if (column > 0 && column + 1 + word.size() > width) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
  }
  return out;
}

void set_help(CLI::App& app) {
  for (const auto& [group, names] : groups) {
    for (const char* name : names) app.get_subcommand(name)->group(group);
  }
  set_formatter(app, std::make_shared<Formatter>());
}

}  // namespace papersail
