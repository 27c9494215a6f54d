// The commands reset and fork, which concern a whole account.
#include "cli/command.hpp"
#include "state/account.hpp"

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
  std::string text = ids.empty() ? "The server has no accounts." : "";
  for (const std::string& id : ids) {
    invocation.ask("DELETE", "accounts/" + id);
    text += (text.empty() ? "" : "\n") + ("Account " + id + " is empty.");
  }
  invocation.tell(text, {{"reset", ids}});
  return exit_ok;
}

Reply send_fork(Invocation& invocation, const json& body) try {
  return invocation.ask("POST", invocation.in_account("/fork"), body.dump());
} catch (const ServerRefusal& refusal) {
  if (refusal.status != 409) throw;
  throw ServerRefusal(409, "account " + body.at("to").get<std::string>() +
                               " is not empty; --replace overwrites it");
}

ExitCode fork_account(Invocation& invocation) {
  const std::string to = invocation.text("TO"), from = invocation.settings.account;
  if (!is_account_id(to)) throw UsageError("TO must be twelve digits, not " + to);
  if (to == from) {
    throw UsageError("account " + to + " cannot be forked into itself; --account names the source");
  }
  json body = {{"to", to}};
  if (invocation.has("--replace")) body["replace"] = true;
  const Reply reply = send_fork(invocation, body);
  invocation.tell("Account " + to + " is now a copy of account " + from + ".",
                  parse_json(reply.body));
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
     {{"TO", "Account that becomes the copy, twelve digits", ValueKind::account},
      {"--replace", "Replace the account TO if it is not empty"}}},
};

}  // namespace

const std::span<const Command> account_commands = commands;

}  // namespace papersail
