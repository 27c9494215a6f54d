// Checks of the server.
#include <cstdlib>

#include "cli/doctor.hpp"
#include "cli/table.hpp"
#include "server/version.hpp"
#include "state/clock.hpp"
#include "text/strings.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

constexpr std::int64_t tolerated_skew = 300;  // seconds; AWS refuses signatures with a larger skew

int port_of(const Endpoint& endpoint) {
  return std::atoi(endpoint.port.c_str());
}

Finding other_program_finding(const Endpoint& endpoint) {
  const auto listener = is_loopback(endpoint.host) ? holder_of(port_of(endpoint)) : std::nullopt;
  return {Finding::bad, "server",
          "the server at " + endpoint.url + " is not papersail but " +
              (listener ? listener->program : "another program"),
          "papersail serve --port 0 picks a free port"};
}

// A container's port cannot be published if the server listens on the loopback address.
std::optional<Finding> check_reach(const Endpoint& endpoint) {
  if (!in_container() || !is_loopback(endpoint.host)) return std::nullopt;
  const auto listener = holder_of(port_of(endpoint));
  if (!listener || !listener->loopback) return std::nullopt;
  return Finding{
      Finding::hint, "container",
      "the server listens on the loopback address of this container only",
      "for clients outside: papersail serve --host 0.0.0.0 --auth strict --control-token TOKEN"};
}

Finding check_version(const std::string& theirs) {
  if (theirs == version) return {Finding::good, "version", "server and command are " + theirs, ""};
  return {Finding::hint, "version",
          "the server is " + theirs + ", this command is " + std::string(version),
          "use the papersail command of the server's version"};
}

// Compares the clocks of the two machines, not an account's clock.
std::optional<Finding> check_clock(const Reply& reply) {
  const auto date = reply.headers.find("date");
  if (date == reply.headers.end()) return std::nullopt;
  const auto theirs = utc_moment(date->second, http_format);
  if (!theirs) return std::nullopt;
  const std::int64_t skew = (Clock::real().now() - *theirs) / 1000;
  if (std::abs(skew) <= 2)
    return Finding{Finding::good, "clock", "the clocks of client and server agree", ""};
  const auto level = std::abs(skew) > tolerated_skew ? Finding::bad : Finding::hint;
  return Finding{
      level, "clock",
      "this machine's clock is " + std::to_string(skew) + " seconds ahead of the server's",
      "set both clocks by NTP; a signature is valid for five minutes"};
}

Finding check_ready(Invocation& invocation) {
  const Reply reply = invocation.client().ask("GET", "/_papersail/ready", "", invocation.headers());
  if (reply.status == 200) return {Finding::good, "ready", "the seeds are applied", ""};
  return {Finding::hint, "ready", "the server is not ready yet", "papersail wait"};
}

// Asks for the accounts, which opens the file of each.
std::optional<Finding> check_accounts(Invocation& invocation) {
  const json accounts = invocation.get("accounts").at("accounts");
  std::vector<std::string> broken;
  for (const json& account : accounts) {
    if (!account.contains("error")) continue;
    broken.push_back(account.at("id").get<std::string>() + " (" +
                     account.at("error").get<std::string>() + ')');
  }
  if (accounts.empty()) return std::nullopt;
  if (broken.empty()) {
    return Finding{Finding::good, "accounts",
                   "the server can open " + number_of(accounts.size(), "account"), ""};
  }
  return Finding{Finding::bad, "accounts", "the server cannot open " + joined(broken),
                 "move these files out of the data folder, or restore them from a copy"};
}

// The data folder of the server may be on another machine or in a container.
std::optional<Finding> check_server_folder(Invocation& invocation) {
  const std::string data = invocation.get("info").at("data");
  if (data.empty() || data == "memory") return std::nullopt;
  Finding found = check_folder(data);
  if (found.level == Finding::bad && found.text.ends_with("is not a folder")) {
    return Finding{Finding::good, "data",
                   "the server's data folder is " + data + ", which this machine does not have",
                   ""};
  }
  return found;
}

// Asks what the control API allows only with its token.
void check_contents(Invocation& invocation, Findings& findings) try {
  if (const auto accounts = check_accounts(invocation)) findings.push_back(*accounts);
  if (invocation.has("--data")) return;
  if (const auto folder = check_server_folder(invocation)) findings.push_back(*folder);
} catch (const ServerRefusal& refusal) {
  findings.push_back(
      {Finding::bad, "token", refusal.what(), "set PAPERSAIL_CONTROL_TOKEN or --control-token"});
}

}  // namespace

Findings unreachable_findings(const Endpoint& endpoint, const std::string& reason) {
  const auto listener = is_loopback(endpoint.host) ? holder_of(port_of(endpoint)) : std::nullopt;
  Findings out = {{Finding::bad, "server", reason, "papersail serve --port " + endpoint.port}};
  if (listener) out.front().advice = "port " + endpoint.port + " is used by " + listener->program;
  if (in_container() && is_loopback(endpoint.host)) {
    out.push_back({Finding::hint, "container",
                   "this is a container, and " + endpoint.host + " is its own address",
                   "for a server outside, use the name of its service or host.docker.internal"});
  }
  return out;
}

void check_server(Invocation& invocation, Findings& findings) {
  const Endpoint& endpoint = invocation.client().endpoint();
  const Reply reply = invocation.client().ask("GET", "/_papersail/health");
  const json health = try_parse_json(reply.body);
  if (reply.status != 200 || !health.is_object() || !health.contains("version")) {
    findings.push_back(other_program_finding(endpoint));
    return;
  }
  findings.push_back({Finding::good, "server", "papersail answers at " + endpoint.url, ""});
  findings.push_back(check_version(health["version"]));
  if (const auto clock = check_clock(reply)) findings.push_back(*clock);
  if (const auto reach = check_reach(endpoint)) findings.push_back(*reach);
  findings.push_back(check_ready(invocation));
  check_contents(invocation, findings);
}

}  // namespace papersail
