// The commands status and wait.
#include <chrono>
#include <iostream>
#include <thread>

#include "cli/cli.hpp"
#include "cli/duration.hpp"

namespace papersail {
namespace {

// Returns the members of the server's description that `status` prints.
json summary_of(const json& info) {
  json out = json::object();
  for (const char* name : {"version", "ready", "data", "model"}) {
    if (info.contains(name)) out[name] = info[name];
  }
  const json& actions = info.at("actions");
  out["actions"] = actions.at("implemented").dump() + " of " + actions.at("total").dump();
  out["uptime"] = std::to_string(info.at("uptimeSeconds").get<std::int64_t>()) + " s";
  return out;
}

json row_of(const json& account) {
  json out = {{"account", account.at("id")}};
  for (const char* name : {"resources", "operations", "error"}) {
    if (account.contains(name)) out[name] = account[name];
  }
  if (account.contains("clock")) out["clock"] = account["clock"]["now"];
  return out;
}

ExitCode status(Invocation& invocation) {
  const json info = invocation.get("info"), accounts = invocation.get("accounts");
  if (invocation.settings.as_json) {
    invocation.show({{"info", info}, {"accounts", accounts.at("accounts")}});
    return exit_ok;
  }
  invocation.show(summary_of(info));
  json rows = json::array();
  for (const json& account : accounts.at("accounts")) rows.push_back(row_of(account));
  if (!rows.empty()) {
    std::cout << '\n';
    invocation.show(rows);
  }
  return exit_ok;
}

// Returns true if the server is ready; otherwise sets `reason`.
bool is_ready(Client& client, const Headers& headers, std::string& reason) {
  try {
    const Reply reply = client.ask("GET", "/_papersail/ready", "", headers);
    reason = "status " + std::to_string(reply.status) + ": " + reply.body;
    return reply.status == 200;
  } catch (const std::runtime_error& error) {
    reason = error.what();
    return false;
  }
}

Millis timeout_of(const Invocation& invocation) {
  if (!invocation.has("--timeout")) return seconds(30);
  try {
    return parse_duration(invocation.text("--timeout"));
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

ExitCode wait(Invocation& invocation) {
  using std::chrono::milliseconds;
  const Millis timeout = timeout_of(invocation);
  const auto end = std::chrono::steady_clock::now() + milliseconds(timeout);
  Client client(invocation.client().endpoint(), std::chrono::seconds(2));
  std::string reason;
  while (!is_ready(client, invocation.headers(), reason)) {
    if (std::chrono::steady_clock::now() >= end)
      throw TimedOut("timeout: the server is not ready: " + reason);
    std::this_thread::sleep_for(milliseconds(50));
  }
  invocation.say("Ready.");
  return exit_ok;
}

constexpr Command commands[] = {
    {"status", "Show the server's version, data folder and accounts", "papersail status", status},
    {"wait",
     "Wait until the server answers and its seeds are applied",
     "papersail serve & papersail wait --timeout 10s",
     wait,
     {{"--timeout DURATION", "How long to wait; 30s by default"}}},
};

}  // namespace

const std::span<const Command> server_commands = commands;

}  // namespace papersail
