// The command export.
#include <algorithm>
#include <iostream>

#include "cli/command.hpp"
#include "cli/table.hpp"
#include "text/encoding.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

std::string query_of(const Invocation& invocation) {
  std::string out = invocation.has("--all") ? "?" : "?account=" + invocation.settings.account;
  if (invocation.has("--action")) out += "&action=" + percent_encoded(invocation.text("--action"));
  if (invocation.has("--partial")) out += "&partial=true";
  return out;
}

// Returns the export. Shows its progress, because it may have many megabytes.
std::string download(Invocation& invocation) {
  Progress progress("export");
  std::string out;
  const auto add = [&](std::string_view piece) {
    out += piece;
    progress.show(out.size(), 0, std::to_string(out.size() >> 10) + " KiB");
    return true;
  };
  const std::string path = "/_papersail/requests/export" + query_of(invocation);
  const Reply reply = invocation.client().stream("GET", path, "", invocation.headers(), add);
  if (reply.status < 300) return out;
  return invocation.ask("GET", "requests/export" + query_of(invocation)).body;  // throws the error
}

// Says which accounts the export has as a copy of their present state, because their first calls
// are not recorded.
void warn_of_copies(const std::string& lines) {
  constexpr std::string_view start = R"({"account":")",
                             action = R"("action":"PUT /checkpoints/exported-state")";
  for (std::size_t at = 0; (at = lines.find(action, at)) != std::string::npos; ++at) {
    const std::size_t line = lines.rfind(start, at) + start.size();
    std::cerr << "papersail: the first calls of account " << lines.substr(line, 12)
              << " are not recorded: the export has\na copy of its present state instead "
                 "(--partial: the recorded calls)\n";
  }
}

ExitCode export_calls(Invocation& invocation) {
  const std::string lines = download(invocation), file = invocation.text("FILE");
  warn_of_copies(lines);
  if (file.empty() || file == "-") {
    std::cout << lines;
    return exit_ok;
  }
  write_file(file, lines);
  const auto count = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
  invocation.tell("Wrote " + file + ": " + number_of(count, "line") + ".",
                  {{"file", file}, {"lines", count}});
  return exit_ok;
}

constexpr Command commands[] = {
    {"export",
     "Write what changed an account as JSON lines, for replay and serve --seed-file",
     "papersail export calls.jsonl\n  papersail export --all | gzip > calls.jsonl.gz",
     export_calls,
     {{"[FILE]", "File to write; standard output by default", ValueKind::file},
      {"--action ACTION", "Only lines of this action; a glob", ValueKind::action},
      {"--all", "Include all accounts"},
      {"--partial", "The recorded calls, even if they do not make the account again"}}},
};

}  // namespace

const std::span<const Command> export_commands = commands;

}  // namespace papersail
