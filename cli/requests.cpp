// The commands requests and export.
#include <fstream>
#include <iostream>

#include "cli/cli.hpp"
#include "cli/table.hpp"
#include "text/encoding.hpp"

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

// Returns the columns of the table; --json prints all members.
std::vector<std::string> members(bool of_all_accounts) {
  std::vector<std::string> out = {"id",     "time",      "region",    "action",
                                  "status", "errorType", "durationMs"};
  if (of_all_accounts) out.insert(out.begin() + 2, "account");
  return out;
}

ExitCode requests(Invocation& invocation) {
  if (invocation.has("--follow")) return follow(invocation);
  const auto last = invocation.number("--last");
  const json response = invocation.get("requests" + query_of(invocation) +
                                       "&limit=" + std::to_string(last.value_or(20)));
  const json& list = response.at("requests");
  if (invocation.settings.as_json) {
    invocation.show(response);
  } else if (!list.empty()) {
    std::cout << table_of(list, members(invocation.has("--all")));
  }
  return exit_ok;
}

ExitCode export_calls(Invocation& invocation) {
  const Reply reply = invocation.ask("GET", "requests/export" + query_of(invocation));
  const std::string name = invocation.text("FILE");
  if (name.empty()) {
    std::cout << reply.body;
    return exit_ok;
  }
  std::ofstream file(name, std::ios::binary);
  file << reply.body << std::flush;
  if (!file) throw std::runtime_error("cannot write " + name);
  return exit_ok;
}

constexpr Argument all_accounts = {"--all", "Include all accounts"};
constexpr Argument one_action = {"--action ACTION", "Only this action; a glob"};

constexpr Command commands[] = {
    {"requests",
     "Show the last requests of an account, oldest first",
     "papersail requests --last 5\n  papersail requests --all --follow",
     requests,
     {{"--last N", "Number of requests; 20 by default"},
      {"--follow", "Print requests as they arrive, as JSON lines, until you interrupt it"},
      one_action,
      all_accounts}},
    {"export",
     "Write the calls that changed an account as JSON lines",
     "papersail export calls.jsonl",
     export_calls,
     {{"[FILE]", "File to write; standard output by default"}, one_action, all_accounts}},
};

}  // namespace

const std::span<const Command> request_commands = commands;

}  // namespace papersail
