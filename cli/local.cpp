// The commands env, actions, completion, help and version, which need no server.
#include <unistd.h>

#include <iostream>
#include <map>

#include "cli/command.hpp"
#include "cli/completion.hpp"
#include "server/dispatch/dispatch.hpp"
#include "server/version.hpp"

namespace papersail {
namespace {

// Returns the variables that send AWS clients to the endpoint, with the account and the region. The
// first one is for Lightsail alone.
std::vector<std::pair<std::string, std::string>> variables(const Settings& settings) {
  const bool other_account = settings.account != "000000000000";
  return {{"AWS_ENDPOINT_URL_LIGHTSAIL", settings.endpoint},
          {"AWS_ENDPOINT_URL", settings.endpoint},
          {"PAPERSAIL_ENDPOINT", settings.endpoint},
          {"AWS_ACCESS_KEY_ID", other_account ? settings.account : "test"},
          {"AWS_SECRET_ACCESS_KEY", "test"},
          {"AWS_DEFAULT_REGION", settings.region},
          {"AWS_REGION", settings.region}};
}

void warn_of_others() {
  std::cerr << "papersail: only Lightsail goes to papersail. Clients send the requests for STS and "
               "every other service to AWS_ENDPOINT_URL if it is set, otherwise to AWS.\n";
}

std::string quoted(const std::string& text) {
  constexpr const char* plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/[]";
  if (text.find_first_not_of(plain) == std::string::npos) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// Tells a person, not a script, that no server answers: `env` may be run before the server.
void warn_if_unreachable(const Settings& settings) try {
  if (!::isatty(STDERR_FILENO)) return;
  Client(Endpoint(settings.endpoint), std::chrono::seconds(1)).ask("GET", "/_papersail/health");
} catch (const std::runtime_error& error) {  // Unreachable or TimedOut
  std::cerr << "papersail: " << error.what() << " (yet)\n";
}

ExitCode environment(Invocation& invocation) {
  json object = json::object();
  auto all = variables(invocation.settings);
  if (invocation.has("--lightsail-only")) all.resize(1);
  if (all.size() == 1 && !invocation.has("--unset")) warn_of_others();
  for (const auto& [name, value] : all) {
    object[name] = value;
    if (invocation.settings.as_json) continue;
    if (invocation.has("--unset")) {
      std::cout << "unset " << name << '\n';
    } else {
      std::cout << "export " << name << '=' << quoted(value) << '\n';
    }
  }
  if (invocation.settings.as_json) Invocation::print(object);
  if (!invocation.has("--unset")) warn_if_unreachable(invocation.settings);
  return exit_ok;
}

// Returns "Create" for "CreateDisk".
std::string verb_of(const std::string& action) {
  const auto second =
      std::find_if(action.begin() + 1, action.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return {action.begin(), second};
}

struct Verb {
  std::vector<std::string> works, missing;
};

std::string line_of(const std::vector<std::string>& names, const char* sign) {
  std::string out;
  for (const std::string& name : names) out += std::string("  ") + sign + ' ' + name + '\n';
  return out;
}

ExitCode actions(Invocation& invocation) {
  Accounts accounts({});
  Dispatch dispatch(accounts, false);
  std::map<std::string, Verb> verbs;
  json works = json::array(), missing = json::array();
  for (const auto& name : dispatch.model().actions()) {
    const bool there = dispatch.implements(name);
    Verb& verb = verbs[verb_of(name)];
    (there ? verb.works : verb.missing).push_back(name);
    (there ? works : missing).push_back(name);
  }
  if (invocation.settings.as_json) {
    Invocation::print({{"implemented", works}, {"missing", missing}});
    return exit_ok;
  }
  for (const auto& [name, verb] : verbs) {
    std::cout << name << ": " << verb.works.size() << " of "
              << verb.works.size() + verb.missing.size() << '\n'
              << line_of(verb.works, "+") << line_of(verb.missing, "-");
  }
  std::cout << works.size() << " of " << works.size() + missing.size() << " actions work\n";
  return exit_ok;
}

ExitCode completion(Invocation& invocation) {
  const std::string shell = invocation.text("SHELL"), script = completion_script(shell);
  if (invocation.settings.as_json) {
    Invocation::print({{"shell", shell}, {"script", script}});
  } else {
    std::cout << script;
  }
  return exit_ok;
}

// The parser answers `help` (command_line.cpp); this row is for the list of commands.
ExitCode help(Invocation& /*invocation*/) {
  return exit_ok;
}

ExitCode print_version(Invocation& invocation) {
  invocation.tell("papersail " + version_text(), {{"version", version}, {"revision", revision}});
  return exit_ok;
}

constexpr Command commands[] = {
    {"env",
     "Print the variables that point AWS clients at the server",
     "eval $(papersail env --account 111111111111)\n  eval $(papersail env --unset)",
     environment,
     {{"--unset", "Print the commands that unset these variables"},
      {"--lightsail-only", "Only AWS_ENDPOINT_URL_LIGHTSAIL, for use beside another emulator"}}},
    {"actions", "List the actions by verb; + marks those that work", "papersail actions", actions},
    {"completion",
     "Print the completion script for a shell",
     "source <(papersail completion bash)\n"
     "  papersail completion zsh >\"${fpath[1]}/_papersail\"\n"
     "  papersail completion fish >~/.config/fish/completions/papersail.fish",
     completion,
     {{"SHELL", "bash, zsh or fish", ValueKind::shell}}},
    {"help",
     "Print the options and examples of a command",
     "papersail help\n  papersail help fault add",
     help,
     {{"[COMMAND]", "Command; the list of commands by default", ValueKind::command}}},
    {"version", "Print the version", "papersail version", print_version},
};

}  // namespace

const std::span<const Command> local_commands = commands;

}  // namespace papersail
