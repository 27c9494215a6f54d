#include "cli/usage.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/invocation.hpp"
#include "cli/similar.hpp"

namespace papersail {
namespace {

using Words = std::vector<std::string>;

Words subcommands_of(const CLI::App& app) {
  Words out;
  for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; })) {
    out.push_back(one->get_name());
  }
  return out;
}

// The command of the words so far.
class Walk {
 public:
  explicit Walk(const CLI::App& app) : root_(app), app_(&app) {}

  const CLI::App& app() const { return *app_; }
  const std::string& name() const { return name_; }

  // Enters the subcommand of this name. Returns false if there is none.
  bool enter(const std::string& word) {
    const auto found =
        app_->get_subcommands([&](const CLI::App* one) { return one->get_name() == word; });
    if (found.empty()) return false;
    app_ = found.front();
    name_ += (name_.empty() ? "" : " ") + word;
    return true;
  }

  const CLI::Option* option(const std::string& name) const {
    const CLI::Option* own = app_->get_option_no_throw(name);
    return own || !app_->get_fallthrough() ? own : root_.get_option_no_throw(name);
  }

  Words options() const {
    Words out;
    for (const CLI::App* app : {app_, app_->get_fallthrough() ? &root_ : app_}) {
      for (const CLI::Option* one : app->get_options()) {
        for (const auto& name : one->get_lnames()) out.push_back("--" + name);
      }
    }
    return out;
  }

 private:
  const CLI::App& root_;
  const CLI::App* app_;
  std::string name_;
};

[[noreturn]] void refuse(const std::string& kind, const std::string& word, const Words& known) {
  const std::string meant = similar(word, known);
  throw UsageError("unknown " + kind + ' ' + word +
                   (meant.empty() ? "" : "; did you mean " + meant + '?'));
}

bool is_option(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && word != "--";
}

bool takes_subcommand(const CLI::App& app) {
  const auto positional = [](const CLI::Option* option) { return option->get_positional(); };
  const auto options = app.get_options();
  return !subcommands_of(app).empty() && std::none_of(options.begin(), options.end(), positional);
}

// Calls `visit` with each word that is not the value of an option. `visit` returns false to stop.
void walk(const Words& arguments, Walk& walk, const auto& visit) {
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const std::string& word = arguments[i];
    if (!visit(word)) return;
    if (!is_option(word)) {
      walk.enter(word);
      continue;
    }
    const CLI::Option* option = walk.option(word);  // not found with "=VALUE"
    if (option && option->get_items_expected_max() > 0) ++i;
  }
}

void require_value(const Words& arguments, std::size_t i) {
  const std::string& word = arguments[i];
  if (word.starts_with("--") && word.find('=') == word.size() - 1) {
    throw UsageError(word.substr(0, word.size() - 1) + " has an empty value");
  }
  if (!word.empty()) return;
  const bool is_value = i > 0 && is_option(arguments[i - 1]);
  throw UsageError((is_value ? arguments[i - 1] : "an argument") + " has an empty value");
}

}  // namespace

std::string command_in(const CLI::App& app, const Words& arguments) {
  Walk place(app);
  walk(arguments, place, [](const std::string&) { return true; });
  return place.name();
}

void require_known_words(const CLI::App& app, const Words& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) require_value(arguments, i);
  Walk place(app);
  walk(arguments, place, [&](const std::string& word) {
    const std::string name = word.substr(0, word.find('='));
    if (is_option(word) && !place.option(name)) refuse("option", name, place.options());
    const Words commands = subcommands_of(place.app());
    const bool known = std::find(commands.begin(), commands.end(), word) != commands.end();
    if (!is_option(word) && takes_subcommand(place.app()) && !known) {
      refuse(place.name().empty() ? "command" : "command " + place.name(), word, commands);
    }
    return true;
  });
}

std::string usage_message(const std::string& message) {
  constexpr std::string_view conversion = "Could not convert: ", extra = "not expected: ";
  const std::size_t at = message.find(extra);
  if (at != std::string::npos) return "unexpected argument: " + message.substr(at + extra.size());
  if (!message.starts_with(conversion)) return message;
  const std::string rest = message.substr(conversion.size());
  const std::size_t equals = std::min(rest.find(" = "), rest.size());
  return rest.substr(0, equals) + " must be a number" +
         (equals < rest.size() ? ", not " + rest.substr(equals + 3) : "");
}

}  // namespace papersail
