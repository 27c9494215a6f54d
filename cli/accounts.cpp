// The commands reset, fork and lifecycle, which concern a whole account.
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
  invocation.say("Account " + to + " is now a copy of account " + invocation.settings.account +
                 ".");
  if (invocation.settings.as_json) invocation.show(reply);
  return exit_ok;
}

ExitCode show_lifecycle(Invocation& invocation) {
  invocation.show(invocation.ask("GET", invocation.in_account("/lifecycle")));
  return exit_ok;
}

constexpr Command commands[] = {
    {"reset",
     "Delete everything in an account",
     "papersail reset --account 111111111111",
     reset,
     {{"--all", "Reset every account of the server"}}},
    {"fork",
     "Copy an account to another one",
     "papersail fork 222222222222 --account 111111111111",
     fork_account,
     {{"TO", "Account that becomes the copy, twelve digits"},
      {"--replace", "Replace the account TO if it is not empty"}}},
    {"lifecycle", "Show how long resources take in an account", "papersail lifecycle --json",
     show_lifecycle},
};

}  // namespace

const std::span<const Command> account_commands = commands;

}  // namespace papersail
