// The command fault.
#include <iostream>

#include "cli/command.hpp"
#include "cli/fault_request.hpp"
#include "cli/fault_text.hpp"
#include "cli/similar.hpp"
#include "cli/table.hpp"
#include "server/api/error.hpp"
#include "text/encoding.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

ExitCode list(Invocation& invocation) {
  const json response = invocation.get(invocation.in_account("/faults"));
  if (invocation.settings.as_json) {
    Invocation::print(response);
    return exit_ok;
  }
  Table table({"N", "REQUESTS", "EFFECT", "CONDITIONS", "HITS"});
  for (const json& fault : response.at("faults")) {
    table.add({printed(fault.at("number")), fault.at("action"), effect_of(fault),
               conditions_of(fault),
               printed(fault.at("hits")) + " of " + printed(fault.at("matches"))});
  }
  std::cout << (table.empty() ? "Account " + invocation.settings.account + " has no faults.\n"
                              : table.text());
  return exit_ok;
}

// Throws UsageError if the fault's names are not those of the service, with a similar one.
void require_known_names(Invocation& invocation, const json& fault) {
  const std::string action = fault.at("action"), type = invocation.text("--error");
  const auto types = injectable_types();
  if (!type.empty() && !injectable_error(type)) {
    const std::string meant = similar(type, types);
    throw UsageError("--error must be an exception of the service, not " + type +
                     (meant.empty() ? "" : "; did you mean " + meant + '?'));
  }
  if (action.find_first_of("*?[") != std::string::npos) return;
  const json known = invocation.get("info").at("actions");
  std::vector<std::string> names = known.at("names");
  for (const json& name : known.at("missing")) names.push_back(name);
  if (std::find(names.begin(), names.end(), action) != names.end()) return;
  const std::string meant = similar(action, names);
  throw UsageError("there is no action " + action +
                   (meant.empty() ? " (papersail actions)" : "; did you mean " + meant + '?'));
}

ExitCode add(Invocation& invocation) {
  const json fault = fault_request(invocation);
  require_known_names(invocation, fault);
  const json added =
      parse_json(invocation.ask("POST", invocation.in_account("/faults"), fault.dump()).body);
  invocation.tell(
      fault_sentence(added) + "\nRemove it: papersail fault remove " + printed(added.at("number")),
      added);
  return exit_ok;
}

ExitCode remove(Invocation& invocation) {
  if (invocation.has("N") == invocation.has("--all")) {
    throw UsageError("fault remove needs the number of a fault, or --all");
  }
  const auto number = invocation.number("N");
  const std::string path = number ? '/' + std::to_string(*number) : "";
  const Reply reply = invocation.ask("DELETE", invocation.in_account("/faults" + path));
  const json removed = parse_json(reply.body);
  invocation.tell(number ? "Removed fault " + std::to_string(*number) + "."
                         : "Removed " + number_of(removed.at("deleted"), "fault") + ".",
                  removed);
  return exit_ok;
}

constexpr const char* add_examples =
    R"(papersail fault add CreateInstances --error ThrottlingException --times 2
  papersail fault add 'Get*' --latency 100ms-500ms
  papersail fault add DeleteInstance --reset --once-done --after 3 --times 1
  papersail fault add CreateDisk --resource 'db-*' --operation NoCapacity
  papersail fault add '*' --rate 5 --burst 10)";

constexpr Command commands[] = {
    {"fault", "Manage the faults of an account; without a subcommand, list them",
     "papersail fault add CreateInstances --error ThrottlingException", list},
    {"fault list", "List the faults of an account", "papersail fault list --json", list},
    {"fault add",
     "Make requests of an action fail, or delay their responses",
     add_examples,
     add,
     {{"ACTION", "Action or glob: CreateInstances, 'Get*'", ValueKind::action, "action"},
      {"--error TYPE", "Effect: the request fails with this exception", ValueKind::error_type,
       "error.type"},
      {"--code CODE", "With --error: code of the exception; that of its type by default",
       ValueKind::none, "error.code"},
      {"--message TEXT", "With --error: message; with --operation: error details"},
      {"--operation CODE", "Effect: the operations of the accepted request fail with this code",
       ValueKind::none, "operation.errorCode"},
      {"--latency TIME", "Effect: the response is delayed: 200ms, 1s, 100ms-500ms", ValueKind::none,
       "latency_ms"},
      {"--reset", "Effect: the connection is reset without a response", ValueKind::none, "reset"},
      {"--rate N", "Effect: requests beyond N a second get a ThrottlingException", ValueKind::none,
       "rate.per_second"},
      {"--burst N", "With --rate: requests that may come at once", ValueKind::none, "rate.burst"},
      {"--once-done", "With --error or --reset: make and commit the change first", ValueKind::none,
       "phase"},
      {"--resource NAME", "Only requests that name this resource; a glob", ValueKind::none,
       "resource"},
      {"--in-region NAME", "Only requests in this region; a glob", ValueKind::region, "region"},
      {"--after N", "Spare the first N matching requests", ValueKind::none, "after"},
      {"--times N", "Then hit N requests; no limit by default", ValueKind::none, "times"},
      {"--probability P", "Hit this share of the matching requests, from 0 to 1", ValueKind::none,
       "probability"}}},
    {"fault remove",
     "Remove a fault, or all faults",
     "papersail fault remove 1\n  papersail fault remove --all",
     remove,
     {{"[N]", "Number of the fault in the list", ValueKind::fault},
      {"--all", "Remove all faults of the account"}}},
};

}  // namespace

const std::span<const Command> fault_commands = commands;

}  // namespace papersail
