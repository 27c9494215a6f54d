// The commands status and wait.
#include <chrono>
#include <iostream>
#include <thread>

#include "cli/clock_text.hpp"
#include "cli/command.hpp"
#include "cli/duration.hpp"
#include "cli/table.hpp"
#include "text/strings.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

// Returns "2 days", "3 hours", "5 seconds".
std::string span_text(std::uint64_t seconds) {
  constexpr std::pair<std::uint64_t, const char*> units[] = {
      {86'400, "day"}, {3600, "hour"}, {60, "minute"}};
  for (const auto& [size, name] : units) {
    if (seconds >= 2 * size) return number_of(seconds / size, name);
  }
  return number_of(seconds, "second");
}

std::string summary_of(const json& info) {
  const json& actions = info.at("actions");
  const std::string data = info.at("data");
  return "papersail " + info.at("version").get<std::string>() +
         (info.at("ready").get<bool>() ? ", ready" : ", still applying its seeds") + ", up for " +
         span_text(info.at("uptimeSeconds").get<std::uint64_t>()) +
         "\nData: " + (data == "memory" ? "in memory only" : data) +
         "\nActions: " + printed(actions.at("implemented")) + " of " +
         printed(actions.at("total")) + '\n';
}

// Returns "1 Instance, 2 Disk".
std::string types_of(const json& account) {
  std::vector<std::string> out;
  for (const auto& [type, count] : account.at("types").items()) {
    out.push_back(printed(count) + ' ' + type);
  }
  return out.empty() ? "none" : joined(out);
}

std::string table_of(const json& accounts) {
  Table table({"ACCOUNT", "CLOCK", "RESOURCES"});
  for (const json& account : accounts) {
    if (account.contains("error")) {
      table.add({account.at("id"), "-", "error: " + account.at("error").get<std::string>()});
      continue;
    }
    const json& clock = account.at("clock");
    table.add({account.at("id"), clock.at("now").get<std::string>() + ", " + clock_mode(clock),
               types_of(account)});
  }
  return table.empty() ? "No accounts yet.\n" : table.text();
}

ExitCode status(Invocation& invocation) {
  const json info = invocation.get("info"), accounts = invocation.get("accounts");
  if (invocation.settings.as_json) {
    Invocation::print({{"info", info}, {"accounts", accounts.at("accounts")}});
  } else {
    std::cout << summary_of(info) << '\n' << table_of(accounts.at("accounts"));
  }
  return exit_ok;
}

// Returns true if the server is ready; otherwise sets `reason`.
bool is_ready(Client& client, const Headers& headers, std::string& reason) {
  try {
    const Reply reply = client.ask("GET", "/_papersail/ready", "", headers);
    reason = reply.status == 503 ? "it is still applying its seeds"
                                 : "status " + std::to_string(reply.status) + ": " + reply.body;
    return reply.status == 200;
  } catch (const std::runtime_error& error) {
    reason = error.what();
    return false;
  }
}

ExitCode wait(Invocation& invocation) {
  using std::chrono::milliseconds;
  const Millis timeout =
      invocation.has("--timeout") ? parse_duration(invocation.text("--timeout")) : seconds(30);
  const auto end = std::chrono::steady_clock::now() + milliseconds(timeout);
  Client client(invocation.client().endpoint(), std::chrono::seconds(2));
  Progress progress("wait");
  std::string reason;
  while (!is_ready(client, invocation.headers(), reason)) {
    if (std::chrono::steady_clock::now() >= end)
      throw TimedOut("timeout: the server is not ready: " + reason);
    progress.show(0, 0, reason);
    std::this_thread::sleep_for(milliseconds(50));
  }
  invocation.tell("Ready.", {{"ready", true}});
  return exit_ok;
}

constexpr Command commands[] = {
    {"wait",
     "Wait until the server answers and its seeds are applied",
     "papersail serve & papersail wait --timeout 10s",
     wait,
     {{"--timeout DURATION", "How long to wait; 30s by default"}}},
    {"status", "Show the server's version, data folder and accounts", "papersail status", status},
};

}  // namespace

const std::span<const Command> server_commands = commands;

}  // namespace papersail
