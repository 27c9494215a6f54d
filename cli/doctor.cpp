#include "cli/doctor.hpp"

#include <cstdlib>
#include <iostream>
#include <sstream>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

const char* level_name(Finding::Level level) {
  return level == Finding::good ? "ok" : level == Finding::hint ? "hint" : "bad";
}

Colour colour_of(Finding::Level level) {
  return level == Finding::good   ? Colour::green
         : level == Finding::hint ? Colour::yellow
                                  : Colour::red;
}

// Returns the text with every line indented, within the width of the terminal.
std::string indented(const std::string& text) {
  constexpr std::size_t indent = 6;
  const std::size_t width = output_width();
  std::istringstream lines(width > 2 * indent ? wrapped(text, width - indent) : text);
  std::string out;
  for (std::string line; std::getline(lines, line);) out += std::string(indent, ' ') + line + '\n';
  return out;
}

std::string text_of(const Finding& finding) {
  const std::string level = level_name(finding.level);
  std::string text = indented(finding.about + ": " + finding.text);
  text.replace(0, level.size(), painted(level, colour_of(finding.level)));
  return text + (finding.advice.empty() ? "" : indented("-> " + finding.advice));
}

json to_json(const Finding& finding) {
  return {{"check", finding.about},
          {"result", level_name(finding.level)},
          {"found", finding.text},
          {"advice", finding.advice}};
}

void print(const Invocation& invocation, const Findings& findings) {
  json list = json::array();
  for (const Finding& finding : findings) {
    list.push_back(to_json(finding));
    if (!invocation.settings.as_json) std::cout << text_of(finding);
  }
  if (invocation.settings.as_json) Invocation::print({{"findings", list}});
}

void add_all(Findings& findings, const Findings& more) {
  findings.insert(findings.end(), more.begin(), more.end());
}

ExitCode doctor(Invocation& invocation) {
  const auto environment = [](const char* name) -> const char* { return std::getenv(name); };
  const Endpoint& endpoint = invocation.client().endpoint();
  Findings findings;
  ExitCode code = exit_ok;
  try {
    check_server(invocation, findings);
    const auto call = check_signed_call(endpoint, environment);
    if (call && findings.front().level == Finding::good) findings.push_back(*call);
  } catch (const std::runtime_error& error) {  // Unreachable or TimedOut
    findings = unreachable_findings(endpoint, error.what());
    code = exit_unreachable;
  }
  if (invocation.has("--data")) add_all(findings, check_data(invocation.text("--data")));
  add_all(findings, check_environment(invocation.settings.endpoint, environment));
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
     {{"--data DIR", "Data folder to check as well; opens each account's file",
       ValueKind::folder}}},
};

}  // namespace

const std::span<const Command> doctor_commands = commands;

}  // namespace papersail
