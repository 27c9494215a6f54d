// fault: what goes wrong on purpose.
#include "cli/cli.hpp"

namespace papersail {
namespace {

ExitCode list(Invocation& invocation) {
  const json response = invocation.get(invocation.in_account("/faults"));
  const json& faults = response.at("faults");
  if (invocation.settings.as_json) {
    invocation.show(response);
  } else if (!faults.empty()) {
    invocation.show(faults);
  }
  return exit_ok;
}

double number_in(const Invocation& invocation, std::string_view argument) {
  const json number = json::parse(invocation.text(argument), nullptr, false);
  if (!number.is_number()) throw UsageError(std::string(argument) + " must be a number");
  return number;
}

// {member: the text of the argument}, for those that were given.
json texts(const Invocation& invocation,
           std::initializer_list<std::pair<const char*, const char*>> members) {
  json out = json::object();
  for (const auto& [member, argument] : members) {
    if (invocation.has(argument)) out[member] = invocation.text(argument);
  }
  return out;
}

json rate_of(const Invocation& invocation) {
  json rate = {{"per_second", number_in(invocation, "--rate")}};
  if (invocation.has("--burst")) rate["burst"] = number_in(invocation, "--burst");
  return rate;
}

json milliseconds_in(const std::string& text) {
  json number = json::parse(text, nullptr, false);
  if (!number.is_number()) throw UsageError("--latency is like 200 or 100-500, in milliseconds");
  return number;
}

// "200" or "100-500".
json latency_of(const Invocation& invocation) {
  const std::string text = invocation.text("--latency");
  const std::size_t dash = std::min(text.find('-'), text.size());
  if (dash == text.size()) return milliseconds_in(text);
  return {milliseconds_in(text.substr(0, dash)), milliseconds_in(text.substr(dash + 1))};
}

// The server says what is wrong with it.
json fault_of(const Invocation& invocation) {
  json out = texts(invocation,
                   {{"action", "ACTION"}, {"resource", "--resource"}, {"region", "--in-region"}});
  for (const char* count : {"--after", "--times"}) {
    if (const auto number = invocation.number(count)) out[count + 2] = *number;
  }
  if (invocation.has("--probability")) out["probability"] = number_in(invocation, "--probability");
  if (invocation.has("--once-done")) out["phase"] = "after";
  if (invocation.has("--error")) {
    out["error"] =
        texts(invocation, {{"type", "--error"}, {"code", "--code"}, {"message", "--message"}});
  }
  if (invocation.has("--operation")) {
    out["operation"] =
        texts(invocation, {{"errorCode", "--operation"}, {"errorDetails", "--message"}});
  }
  if (invocation.has("--rate")) out["rate"] = rate_of(invocation);
  if (invocation.has("--latency")) out["latency_ms"] = latency_of(invocation);
  if (invocation.has("--reset")) out["reset"] = true;
  return out;
}

ExitCode add(Invocation& invocation) {
  const std::string body = fault_of(invocation).dump();
  invocation.show(invocation.ask("POST", invocation.in_account("/faults"), body));
  return exit_ok;
}

ExitCode remove(Invocation& invocation) {
  if (invocation.has("N") == invocation.has("--all")) {
    throw UsageError("fault remove takes a number, or --all");
  }
  const std::string one = invocation.has("N") ? '/' + escaped(invocation.text("N")) : "";
  invocation.ask("DELETE", invocation.in_account("/faults" + one));
  invocation.say(one.empty() ? "No faults are left." : "Removed.");
  return exit_ok;
}

constexpr const char* add_examples =
    R"(papersail fault add CreateInstances --error ThrottlingException --times 2
  papersail fault add 'Get*' --latency 100-500
  papersail fault add DeleteInstance --reset --once-done --after 3 --times 1
  papersail fault add CreateInstances --resource 'db-*' --operation InsufficientCapacity
  papersail fault add '*' --rate 5 --burst 10)";

constexpr Command commands[] = {
    {"fault", "Let things go wrong on purpose; alone, list what will",
     "papersail fault add CreateInstances --error ThrottlingException --times 2", list},
    {"fault list", "List an account's faults", "papersail fault list --json", list},
    {"fault add",
     "Let calls of an action go wrong, in one of these ways",
     add_examples,
     add,
     {{"ACTION", "The action, or a glob: CreateInstances, 'Get*'"},
      {"--error TYPE", "It is refused with this exception"},
      {"--code CODE", "The exception's code, if not its own"},
      {"--message TEXT", "What the exception, or the failed operation, says"},
      {"--operation CODE", "It goes well, but its operations end Failed with this code"},
      {"--latency MS", "Its answer takes longer: 200, or 100-500"},
      {"--reset", "The connection is reset, without an answer"},
      {"--rate N", "Beyond so many calls a second it is throttled"},
      {"--burst N", "With --rate: how many may come at once"},
      {"--once-done", "With --error and --reset: only after the change is made"},
      {"--resource NAME", "Only if it names this resource, or a glob"},
      {"--in-region NAME", "Only in this region, or a glob"},
      {"--after N", "Spare the first N"},
      {"--times N", "Then hit N; without it, all"},
      {"--probability P", "Hit this share of them: 0.1"}}},
    {"fault remove",
     "Take a fault away",
     "papersail fault remove 1\n  papersail fault remove --all",
     remove,
     {{"[N]", "Its number in the list"}, {"--all", "All of them"}}},
};

}  // namespace

const std::span<const Command> fault_commands = commands;

}  // namespace papersail
