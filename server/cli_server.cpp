// status, wait, version: the server as a whole.
#include <chrono>
#include <iostream>
#include <thread>

#include "server/cli.hpp"
#include "server/control.hpp"
#include "server/duration.hpp"

namespace papersail {
namespace {

ExitCode status(Invocation& invocation) {
  const json info = invocation.get("info");
  if (invocation.settings.as_json) {
    invocation.show(info);
    return exit_ok;
  }
  invocation.show(info);
  const json accounts = invocation.get("accounts").at("accounts");
  if (!accounts.empty()) {
    std::cout << '\n';
    invocation.show(accounts);
  }
  return exit_ok;
}

// Whether it is ready; why not, else.
bool is_ready(Client& client, const Headers& headers, std::string& reason) {
  try {
    const Reply reply = client.ask("GET", "/_papersail/ready", "", headers);
    reason = "it answers " + std::to_string(reply.status) + ", " + reply.body;
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
    if (std::chrono::steady_clock::now() >= end) throw TimedOut("still not ready: " + reason);
    std::this_thread::sleep_for(milliseconds(50));
  }
  invocation.say("Ready.");
  return exit_ok;
}

constexpr Command commands[] = {
    {"status", "Show what a server is and which accounts it has", "papersail status", status},
    {"wait",
     "Wait until a server is ready: up, and its seeds applied",
     "papersail serve & papersail wait --timeout 10s",
     wait,
     {{"--timeout DURATION", "How long to wait; 30s if not said"}}},
};

}  // namespace

const std::span<const Command> server_commands = commands;

}  // namespace papersail
