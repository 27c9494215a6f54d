#include "cli/doctor.hpp"

#include <cstdlib>
#include <iostream>

#include "cli/cli.hpp"
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
  return Finding{Finding::hint, "container",
                 "the server listens on the loopback address of this container only",
                 "papersail serve --host 0.0.0.0, for clients outside the container"};
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

// Checks the folder of --data, or the server's data folder.
void check_data(Invocation& invocation, Findings& findings) {
  if (invocation.has("--data")) {
    findings.push_back(check_folder(invocation.text("--data")));
    return;
  }
  const Reply reply = invocation.client().ask("GET", "/_papersail/info", "", invocation.headers());
  const json info = json::parse(reply.body, nullptr, false);
  if (reply.status == 401 || reply.status == 403) {
    findings.push_back({Finding::bad, "token", "the server requires its control token",
                        "set PAPERSAIL_CONTROL_TOKEN or --control-token"});
  }
  const json data = info.is_object() && info.contains("data") ? info["data"] : json();
  if (data.is_string() && data != "" && data != "memory") findings.push_back(check_folder(data));
}

void check_server(Invocation& invocation, Findings& findings) {
  const Endpoint& endpoint = invocation.client().endpoint();
  const Reply reply = invocation.client().ask("GET", "/_papersail/health");
  const json health = json::parse(reply.body, nullptr, false);
  if (reply.status != 200 || !health.is_object() || !health.contains("version")) {
    findings.push_back(other_program_finding(endpoint));
    return;
  }
  findings.push_back({Finding::good, "server", "papersail answers at " + endpoint.url, ""});
  findings.push_back(check_version(health["version"]));
  if (const auto clock = check_clock(reply)) findings.push_back(*clock);
  if (const auto reach = check_reach(endpoint)) findings.push_back(*reach);
  findings.push_back(check_ready(invocation));
  check_data(invocation, findings);
}

const char* level_name(Finding::Level level) {
  return level == Finding::good ? "ok" : level == Finding::hint ? "hint" : "bad";
}

void print(const Invocation& invocation, const Findings& findings) {
  json list = json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"check", finding.about},
                    {"result", level_name(finding.level)},
                    {"found", finding.text},
                    {"advice", finding.advice}});
    std::string line =
        std::string(level_name(finding.level)) + "\t" + finding.about + ": " + finding.text;
    if (!finding.advice.empty()) line += "\n\t-> " + finding.advice;
    invocation.say(line);
  }
  if (invocation.settings.as_json) invocation.show({{"findings", list}});
}

ExitCode doctor(Invocation& invocation) {
  Findings findings;
  ExitCode code = exit_ok;
  try {
    check_server(invocation, findings);
  } catch (const std::runtime_error& error) {  // Unreachable or TimedOut
    findings = unreachable_findings(invocation.client().endpoint(), error.what());
    code = exit_unreachable;
  }
  const auto environment = [](const char* name) -> const char* { return std::getenv(name); };
  for (Finding& finding : check_environment(invocation.settings.endpoint, environment)) {
    findings.push_back(std::move(finding));
  }
  print(invocation, findings);
  for (const Finding& finding : findings) {
    if (finding.level == Finding::bad && code == exit_ok) code = exit_failed;
  }
  return code;
}

constexpr Command commands[] = {
    {"doctor",
     "Check the server and the clients' environment, and suggest corrections",
     "papersail doctor\n  papersail doctor --data ./lightsail",
     doctor,
     {{"--data DIR", "Data folder to check; the server's by default"}}},
};

}  // namespace

const std::span<const Command> doctor_commands = commands;

}  // namespace papersail
