#include "cli/completion.hpp"

#include <algorithm>
#include <cstdlib>

#include "cli/command_line.hpp"
#include "cli/completion_values.hpp"
#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

using Words = std::vector<std::string>;

// The place of the word that is completed.
struct Place {
  const CLI::App* app;
  std::string command;          // "fault add"
  std::string option;           // "--error" if its value is completed
  std::size_t positionals = 0;  // number of the words before that are neither
};

const CLI::App* subcommand(const CLI::App& app, const std::string& word) {
  const auto found =
      app.get_subcommands([&](const CLI::App* one) { return one->get_name() == word; });
  return found.empty() ? nullptr : found.front();
}

bool takes_value(const CLI::App& root, const CLI::App& app, const std::string& word) {
  const CLI::Option* option = app.get_option_no_throw(word);
  if (!option) option = root.get_option_no_throw(word);
  return option && option->get_items_expected_max() > 0;
}

void enter(Place& place, const CLI::App& root, const std::string& word) {
  if (!place.option.empty()) {
    place.option.clear();
  } else if (word.starts_with('-') && word.size() > 1) {
    if (takes_value(root, *place.app, word)) place.option = word;
  } else if (const CLI::App* next = subcommand(*place.app, word)) {
    place.app = next;
    place.command += (place.command.empty() ? "" : " ") + word;
  } else {
    ++place.positionals;
  }
}

ValueKind kind_in(std::span<const OptionValues> options, const std::string& option) {
  for (const OptionValues& one : options) {
    if (option == one.option) return one.values;
  }
  return ValueKind::none;
}

// Returns the kind of values that fit at this place.
ValueKind kind_at(const Place& place) {
  if (place.command == "serve") return kind_in(serve_options, place.option);
  std::size_t positional = 0;
  for (const Command& command : all_commands()) {
    if (place.command != command.name) continue;
    for (const Argument& argument : command.arguments) {
      if (!argument.form) break;
      const std::string name = name_of(argument);
      const bool here = place.option.empty()
                            ? !name.starts_with('-') && positional++ == place.positionals
                            : name == place.option;
      if (here) return argument.values;
    }
  }
  return kind_in(common_options, place.option);
}

std::string variable(const char* name, const std::string& fallback) {
  const char* value = std::getenv(name);
  return value && *value ? value : fallback;
}

// Returns the settings that the words before contain, so that values come from that server.
Settings settings_in(const CommandLine& command_line, const Words& words) {
  Settings out = command_line.settings();
  out.endpoint = variable("PAPERSAIL_ENDPOINT", out.endpoint);
  out.token = variable("PAPERSAIL_CONTROL_TOKEN", out.token);
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (words[i] == "--endpoint") out.endpoint = words[i + 1];
    if (words[i] == "--account") out.account = words[i + 1];
    if (words[i] == "--control-token") out.token = words[i + 1];
  }
  return out;
}

class Offers {
 public:
  explicit Offers(std::string typed) : typed_(std::move(typed)) {}

  void add(const std::string& word, const std::string& help = "") {
    const bool request = word.starts_with(':');  // to the script
    if (!request && !word.starts_with(typed_)) return;
    words_.push_back(request ? word : word + '\t' + help.substr(0, help.find('\n')));
  }
  void add_options(const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
      for (const auto& name : option->get_lnames()) add("--" + name, option->get_description());
    }
  }
  Words words() && { return std::move(words_); }

 private:
  std::string typed_;
  Words words_;
};

}  // namespace

Words completions(const CommandLine& command_line, const Words& words) {
  const CLI::App& root = command_line.app();
  const std::string typed = words.size() > 1 ? words.back() : "";
  Place place{&root, "", ""};
  for (std::size_t i = 1; i + 1 < words.size(); ++i) enter(place, root, words[i]);
  Offers offers(typed);
  if (place.option.empty() && typed.starts_with('-')) {
    offers.add_options(*place.app);
    if (place.app != &root && place.app->get_fallthrough()) offers.add_options(root);
    return std::move(offers).words();
  }
  if (place.option.empty() && place.positionals == 0) {
    for (const CLI::App* one : place.app->get_subcommands([](const CLI::App*) { return true; })) {
      offers.add(one->get_name(), one->get_description());
    }
  }
  for (const std::string& value : values_of(kind_at(place), settings_in(command_line, words))) {
    offers.add(value);
  }
  return std::move(offers).words();
}

std::string completion_script(const std::string& shell) {
  const auto script = fixture("papersail." + shell);
  if (!script) throw UsageError("no completion for \"" + shell + "\" (shells: bash, zsh, fish)");
  return std::string(*script);
}

}  // namespace papersail
