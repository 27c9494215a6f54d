// The command lifecycle.
#include "state/lifecycle.hpp"
#include "cli/command.hpp"
#include "cli/similar.hpp"
#include "text/files.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

std::string sentence(const Invocation& invocation, const json& lifecycle) {
  const std::string account = "Account " + invocation.settings.account + " uses ";
  if (lifecycle.contains("profile")) {
    return account + "the lifecycle " + lifecycle.at("profile").get<std::string>() + ".";
  }
  std::string text = account + "a lifecycle of its own";
  if (lifecycle.contains("base")) {
    text += ", based on " + lifecycle.at("base").get<std::string>();
  }
  return text + ". Print it: papersail lifecycle --json";
}

ExitCode show(const Invocation& invocation, const Reply& reply) {
  const json lifecycle = parse_json(reply.body);
  invocation.tell(sentence(invocation, lifecycle), lifecycle);
  return exit_ok;
}

ExitCode show(Invocation& invocation) {
  return show(invocation, invocation.ask("GET", invocation.in_account("/lifecycle")));
}

// Returns the profile of this name, or of the file.
std::string profile_of(const std::string& name) {
  for (const std::string& known : Lifecycle::names()) {
    if (name == known) return json({{"profile", name}}).dump();
  }
  const auto file = bytes_of_file(name);
  if (file) return *file;
  const std::string meant = similar(name, Lifecycle::names());
  throw UsageError(name + " is neither a profile nor a readable file" +
                   (meant.empty() ? "" : "; did you mean " + meant + '?') +
                   " (profiles: " + joined(Lifecycle::names()) + ")");
}

ExitCode set(Invocation& invocation) {
  const std::string profile = profile_of(invocation.text("PROFILE"));
  return show(invocation, invocation.ask("PUT", invocation.in_account("/lifecycle"), profile));
}

constexpr Command commands[] = {
    {"lifecycle", "Change how long resources take in an account; without a subcommand, show it",
     "papersail lifecycle", show},
    {"lifecycle show", "Show how long resources take in an account",
     "papersail lifecycle show --json", show},
    {"lifecycle set",
     "Set how long resources take in an account",
     "papersail lifecycle set instant\n  papersail lifecycle set slow.json",
     set,
     {{"PROFILE", "instant, fast, realistic, or a JSON file", ValueKind::lifecycle}}},
};

}  // namespace

const std::span<const Command> lifecycle_commands = commands;

}  // namespace papersail
