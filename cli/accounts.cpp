// reset, fork, lifecycle: an account as a whole.
#include "cli/cli.hpp"

namespace papersail {
namespace {

std::vector<std::string> account_ids(Invocation& invocation) {
  std::vector<std::string> out;
  const json response = invocation.get("accounts");
  for (const json& account : response.at("accounts")) out.push_back(account.at("id"));
  return out;
}

ExitCode reset(Invocation& invocation) {
  std::vector<std::string> ids = {invocation.settings.account};
  if (invocation.has("--all")) ids = account_ids(invocation);
  for (const std::string& id : ids) {
    invocation.ask("DELETE", "accounts/" + id);
    invocation.say("Account " + id + " is empty.");
  }
  return exit_ok;
}

ExitCode fork_account(Invocation& invocation) {
  const std::string to = invocation.text("TO");
  json body = {{"to", to}};
  if (invocation.has("--replace")) body["replace"] = true;
  const Reply reply = invocation.ask("POST", invocation.in_account("/fork"), body.dump());
  invocation.say("Account " + to + " is now as " + invocation.settings.account + " is.");
  if (invocation.settings.as_json) invocation.show(reply);
  return exit_ok;
}

ExitCode show_lifecycle(Invocation& invocation) {
  invocation.show(invocation.ask("GET", invocation.in_account("/lifecycle")));
  return exit_ok;
}

constexpr Command commands[] = {
    {"reset",
     "Forget all that an account has",
     "papersail reset --account 111111111111",
     reset,
     {{"--all", "Every account that the server has"}}},
    {"fork",
     "Copy an account, as it stands, to another",
     "papersail fork 222222222222 --account 111111111111",
     fork_account,
     {{"TO", "The account that becomes the copy"},
      {"--replace", "Even if that loses what it has"}}},
    {"lifecycle", "Show how long things take in an account", "papersail lifecycle --json",
     show_lifecycle},
};

}  // namespace

const std::span<const Command> account_commands = commands;

}  // namespace papersail
