// The command requests.
#include <cstdio>
#include <iostream>

#include "cli/command.hpp"
#include "cli/table.hpp"
#include "server/faults/faults.hpp"
#include "text/encoding.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

std::string query_of(const Invocation& invocation) {
  std::string out = "?account=" + invocation.settings.account;
  if (invocation.has("--all")) out = "?";
  if (invocation.has("--action")) out += "&action=" + percent_encoded(invocation.text("--action"));
  return out;
}

// Prints the data of each event of a text/event-stream on a line, as it arrives.
class EventPrinter {
 public:
  bool print(std::string_view piece) {
    buffer_ += piece;
    std::size_t end = 0;
    while ((end = buffer_.find('\n')) != std::string::npos) {
      constexpr std::string_view data = "data:";
      const std::string_view line = std::string_view(buffer_).substr(0, end);
      if (line.starts_with(data)) {
        const std::size_t text = std::min(line.find_first_not_of(' ', data.size()), line.size());
        std::cout << line.substr(text) << std::endl;
      }
      buffer_.erase(0, end + 1);
    }
    return std::cout.good();
  }

 private:
  std::string buffer_;
};

ExitCode follow(Invocation& invocation) {
  Client client(invocation.client().endpoint(), std::chrono::milliseconds(0));
  EventPrinter printer;
  const Reply reply = client.stream("GET", "/_papersail/requests/stream" + query_of(invocation), "",
                                    invocation.headers(),
                                    [&](std::string_view piece) { return printer.print(piece); });
  if (reply.status >= 400) throw std::runtime_error(reply.body);
  return exit_ok;
}

// Returns "16:42:01" for "2026-11-25T16:42:01.123Z".
std::string time_of_day(const std::string& instant) {
  constexpr std::size_t start = 11, size = 8;
  return instant.size() > start ? instant.substr(start, size) : instant;
}

std::string result_of(const json& request) {
  if (request.at("status").is_null()) return "connection reset";
  if (request.at("errorType").is_null()) return printed(request.at("status"));
  return request.at("errorType");
}

std::string milliseconds(double duration) {
  char text[32];
  std::snprintf(text, sizeof text, "%6.1f", duration);
  return text;
}

std::string faults_of(const json& request) {
  std::vector<std::string> out;
  for (const json& number : request.at("faults")) out.push_back(printed(number));
  return joined(out);
}

std::string resources_of(const json& request) {
  const json& input = request.at("input");
  return input.is_object() ? joined(resources_named(input)) : "";
}

std::string table_of(const json& requests, bool of_all_accounts) {
  std::vector<std::string> heading = {"TIME", "ACTION", "RESOURCE", "RESULT", "    MS", "FAULT"};
  if (of_all_accounts) heading.insert(heading.begin() + 1, "ACCOUNT");
  Table table(heading);
  for (const json& one : requests) {
    std::vector<std::string> row = {
        time_of_day(one.at("time")),        one.at("action"), resources_of(one), result_of(one),
        milliseconds(one.at("durationMs")), faults_of(one)};
    if (of_all_accounts) row.insert(row.begin() + 1, one.at("account"));
    table.add(row);
  }
  return table.text();
}

ExitCode requests(Invocation& invocation) {
  if (invocation.has("--follow")) return follow(invocation);
  const auto last = invocation.number("--last");
  const json response = invocation.get("requests" + query_of(invocation) +
                                       "&limit=" + std::to_string(last.value_or(20)));
  const json& list = response.at("requests");
  if (invocation.settings.as_json) {
    Invocation::print(response);
  } else if (list.empty()) {
    std::cout << "No such requests are recorded.\n";
  } else {
    std::cout << table_of(list, invocation.has("--all"));
  }
  return exit_ok;
}

constexpr Command commands[] = {
    {"requests",
     "Show the last requests of an account, oldest first",
     "papersail requests --last 5\n  papersail requests --all --follow",
     requests,
     {{"--last N", "Number of requests; 20 by default"},
      {"--follow", "Print requests as they arrive, as JSON lines, until you interrupt it"},
      {"--action ACTION", "Only this action; a glob", ValueKind::action},
      {"--all", "Include all accounts"}}},
};

}  // namespace

const std::span<const Command> request_commands = commands;

}  // namespace papersail
