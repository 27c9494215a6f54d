#include "cli/completion.hpp"

#include <CLI/CLI.hpp>

#include "cli/cli.hpp"
#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

const CLI::App* subcommand(const CLI::App& app, const std::string& word) {
  const auto found =
      app.get_subcommands([&](const CLI::App* one) { return one->get_name() == word; });
  return found.empty() ? nullptr : found.front();
}

using Offers = std::vector<std::string>;

void offer(Offers& offers, const std::string& typed, const std::string& word,
           const std::string& help) {
  if (word.starts_with(typed)) offers.push_back(word + '\t' + help.substr(0, help.find('\n')));
}

void offer_options(Offers& offers, const std::string& typed, const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) {
      offer(offers, typed, "--" + name, option->get_description());
    }
  }
}

}  // namespace

std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words) {
  const std::string typed = words.size() > 1 ? words.back() : "";
  const CLI::App* command = &app;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (const CLI::App* next = subcommand(*command, words[i])) command = next;
  }
  Offers offers;
  if (typed.starts_with('-')) {
    offer_options(offers, typed, *command);
    if (command != &app && command->get_fallthrough()) offer_options(offers, typed, app);
    return offers;
  }
  for (const CLI::App* one : command->get_subcommands([](const CLI::App*) { return true; })) {
    offer(offers, typed, one->get_name(), one->get_description());
  }
  if (command->get_name() == "completion") {
    for (const char* shell : {"bash", "zsh", "fish"}) offer(offers, typed, shell, "");
  }
  return offers;
}

std::string completion_script(const std::string& shell) {
  const auto script = fixture("papersail." + shell);
  if (!script) throw UsageError("no completion for \"" + shell + "\" (shells: bash, zsh, fish)");
  return std::string(*script);
}

}  // namespace papersail
