// What commands print for people and for programs.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "cli/clock_text.hpp"
#include "cli/fault_text.hpp"
#include "cli/table.hpp"
#include "server/version.hpp"
#include "tests/support/command_server.hpp"
#include "tests/support/folder.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

std::string printed_by(const std::string& body, std::vector<std::string> arguments) {
  return run_with_response(response(body), std::move(arguments)).ran.output;
}

}  // namespace

TEST_CASE("Table: aligns cells, shows no control characters, and cuts the longest cells") {
  Table table({"A", "B"});
  CHECK(table.empty());
  table.add({"1", "x\x1b[31m\ny"});
  table.add({"long", ""});
  CHECK(table.text(0) == "A     B\n1     x [31m y\nlong  -\n");
  CHECK(table.text(12) == "A     B\n1     x [31~\nlong  -\n");
}

TEST_CASE("clock_sentence: says how the clock runs") {
  const std::string now = "2026-01-01T00:00:00Z";
  CHECK(clock_sentence({{"mode", "manual"}, {"scale", 0.0}, {"now", now}}) ==
        "The clock stands still at 2026-01-01T00:00:00Z.");
  CHECK(clock_sentence({{"mode", "real"}, {"scale", 1.0}, {"now", now}}) ==
        "The clock shows real time, 2026-01-01T00:00:00Z.");
  CHECK(clock_sentence({{"mode", "scaled"}, {"scale", 0.5}, {"now", now}}) ==
        "The clock shows 2026-01-01T00:00:00Z and runs 0.5 times as fast as real time.");
}

TEST_CASE("fault_sentence: says which requests get what") {
  CHECK(fault_sentence({{"number", 1},
                        {"action", "CreateInstances"},
                        {"times", 2},
                        {"error", {{"type", "ThrottlingException"}}}}) ==
        "Fault 1: the next 2 requests CreateInstances get ThrottlingException.");
  CHECK(fault_sentence({{"number", 2},
                        {"action", "Get*"},
                        {"after", 1},
                        {"resource", "web"},
                        {"latency_ms", {100, 500}}}) ==
        "Fault 2: after 1 request, all requests Get* for web are answered 100 to 500 ms late.");
  CHECK(fault_sentence({{"number", 3},
                        {"action", "*"},
                        {"phase", "after"},
                        {"times", 1},
                        {"reset", true},
                        {"probability", 0.5}}) ==
        "Fault 3: the next request * succeed, but lose their connection (probability 0.5).");
}

TEST_CASE("papersail: prints sentences, and JSON with --json") {
  const std::string clock = R"({"mode":"manual","now":"2026-01-01T00:00:00Z","scale":0.0})";
  CHECK(printed_by(clock, {"clock"}) == "The clock stands still at 2026-01-01T00:00:00Z.\n");
  CHECK(printed_by(clock, {"clock", "--json"}) == clock + "\n");
  CHECK(printed_by(R"({"profile":"fast"})", {"lifecycle"}) ==
        "Account 000000000000 uses the lifecycle fast.\n");
  CHECK(printed_by(R"({"deleted":2})", {"fault", "remove", "--all"}) == "Removed 2 faults.\n");
  CHECK(printed_by(R"({"faults":[]})", {"fault"}) == "Account 000000000000 has no faults.\n");
  CHECK(printed_by("{}", {"reset", "--json"}) == "{\"reset\":[\"000000000000\"]}\n");
  CHECK(printed_by(R"({"ready":true})", {"wait", "--json"}) == "{\"ready\":true}\n");
}

TEST_CASE("papersail: prints JSON with --json for every command that asks a server") {
  const Folder folder;
  const CommandServer server;
  server.call("CreateKeyPair", {{"keyPairName", "deploy"}});
  const std::string file = folder / "base.sqlite", lines = folder / "calls.jsonl";
  const std::vector<std::vector<std::string>> all = {
      {"status"},
      {"wait"},
      {"checkpoint", "take", "base"},
      {"checkpoint", "list"},
      {"checkpoint", "download", "base", file},
      {"checkpoint", "upload", "other", file},
      {"restore", "base"},
      {"checkpoint", "delete", "other"},
      {"clock"},
      {"clock", "advance", "1d"},
      {"lifecycle", "set", "instant"},
      {"fault", "add", "*", "--latency", "1ms"},
      {"fault", "list"},
      {"fault", "remove", "1"},
      {"requests"},
      {"export", lines},
      {"replay", lines, "--account", "111111111111", "--keep-going"},
      {"fork", "222222222222"},
      {"doctor"},
      {"reset", "--all"}};
  for (std::vector<std::string> arguments : all) {
    INFO(arguments.front(), " ", arguments.back());
    arguments.emplace_back("--json");
    const Ran ran = server.ask(arguments);
    INFO(ran.output, ran.errors);
    CHECK(json::accept(ran.output));
  }
}

TEST_CASE("status: shows the accounts with their clocks and resources by type") {
  const CommandServer server;
  CHECK(has(server.ask({"status"}).output, "No accounts yet.\n"));
  server.call("CreateKeyPair", {{"keyPairName", "deploy"}});
  server.ask({"clock", "set", "2030-01-01T00:00:00Z"});
  const std::string text = server.ask({"status"}).output;
  CHECK(text.starts_with("papersail " + std::string(version) + ", ready, up for "));
  CHECK(has(text, "\nData: in memory only\n"));
  CHECK(has(text, "000000000000  2030-01-01T00:00:00Z, stands still  1 KeyPair\n"));
}

TEST_CASE("requests: shows the resource, the result and the fault within 80 columns") {
  const CommandServer server;
  server.call("CreateKeyPair", {{"keyPairName", "deploy"}});
  server.ask({"fault", "add", "UpdateRelationalDatabaseParameters", "--error",
              "OperationFailureException"});
  WireClient client(std::stoi(server.port));
  client.send(request_for("UpdateRelationalDatabaseParameters",
                          R"({"relationalDatabaseName":"a-database-with-a-long-name",)"
                          R"("parameters":[{"parameterName":"a"}]})"));
  REQUIRE(client.response().has_value());
  const std::string endpoint = "http://127.0.0.1:" + server.port;
  const Ran ran = run({"--endpoint", endpoint, "requests"}, {{"COLUMNS", "80"}});
  std::istringstream lines(ran.output);
  std::string heading, first, second;
  std::getline(lines, heading);
  std::getline(lines, first);
  std::getline(lines, second);
  for (const std::string& line : {heading, first, second}) CHECK(line.size() <= 80);
  CHECK(has(first, "CreateKeyPair"));
  CHECK(has(first, "  deploy "));
  CHECK(has(first, "  200 "));
  CHECK(second.ends_with("  1"));  // the number of the fault
  const std::string whole = server.ask({"requests"}).output;
  CHECK(has(whole, "a-database-with-a-long-name  OperationFailureException"));
  CHECK(has(server.ask({"requests", "--json"}).output, "durationMs"));
}

TEST_CASE("papersail: fails if its output is lost") {
  const std::string command = program() + " actions > /dev/full 2> /dev/null";
  const int status = std::system(command.c_str());
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == exit_failed);
}

TEST_CASE("papersail: prints colours on a terminal only") {
  CHECK(painted("a", Colour::red) == (::isatty(STDOUT_FILENO) ? "\x1b[31ma\x1b[0m" : "a"));
  CHECK(run({"nonsense"}).errors.find('\x1b') == std::string::npos);
}

}  // namespace papersail
