// The binary itself: what it prints, how it ends, what it says when it cannot begin.
#include <doctest/doctest.h>

#include <csignal>
#include <fstream>

#include "server/control.hpp"
#include "state/json.hpp"
#include "tests/folder.hpp"
#include "tests/process.hpp"
#include "tests/serving.hpp"

namespace papersail {
namespace {

// One line, with our name before it and the reason in it.
void check_complaint(const Ran& ran, const std::string& reason) {
  CHECK(ran.code == 1);
  CHECK(ran.output == "");
  CHECK(ran.complaint.starts_with("papersail: "));
  CHECK(ran.complaint.find(reason) != std::string::npos);
  CHECK(ran.complaint.find('\n') == ran.complaint.size() - 1);
}

}  // namespace

TEST_CASE("serve: it says where and when, answers, and ends well on SIGTERM and SIGINT") {
  for (const int signal : {SIGTERM, SIGINT}) {
    Serving server;
    CHECK(server.call("GetRegions").at("regions").size() > 10);
    server.signal(signal);
    CHECK(server.wait() == 0);
    CHECK(server.complaint() == "");
  }
}

TEST_CASE("serve: each request is a line of the log") {
  Serving server({"--log-format", "json"});
  server.call("GetRegions");
  server.signal(SIGTERM);
  const json line = json::parse(server.line());
  CHECK(line.at("action") == "GetRegions");
  CHECK(line.at("status") == 200);
  CHECK(server.wait() == 0);
}

TEST_CASE("serve: it goes on when nobody reads its log") {
  Serving server;
  server.stop_listening();
  for (int i = 0; i < 3; ++i) server.call("GetRegions");
  server.signal(SIGTERM);
  CHECK(server.wait() == 0);
}

TEST_CASE("serve: with --data, what was answered survives a kill") {
  const Folder folder;
  json before;
  {
    const Serving server({"--data", folder / "new/data"});
    server.call("CreateInstances", new_instance());
    before = server.call("GetInstance", {{"instanceName", "web-1"}});
    server.signal(SIGKILL);
  }
  const Serving server({"--data", folder / "new/data"});
  json after = server.call("GetInstance", {{"instanceName", "web-1"}});
  for (json* instance : {&before, &after}) instance->at("instance").erase("state");
  CHECK(after == before);
}

TEST_CASE("serve: two on one folder: the second says why it does not answer") {
  const Folder folder;
  const Serving first({"--data", folder.path()});
  first.call("GetInstances");
  const Serving second({"--data", folder.path()});
  WireClient client(std::stoi(second.port));
  client.send(request_for("GetInstances"));
  const auto answer = client.answer();
  REQUIRE(answer.has_value());
  CHECK(answer->status == 500);
  CHECK(answer->body.find("in use by another process") != std::string::npos);
  first.call("GetInstances");
}

TEST_CASE("papersail: version") {
  const Ran printed = run({"version"});
  CHECK(printed.code == 0);
  CHECK(printed.output == "papersail " + std::string(version) + "\n");
}

TEST_CASE("serve: what it cannot serve with it says in one line") {
  const Serving first;
  check_complaint(run({"serve", "--port", first.port}),
                  "cannot listen on 127.0.0.1 port " + first.port + ": Address already in use");
  check_complaint(run({"serve", "--port", "0", "--host", "203.0.113.1"}),
                  "Cannot assign requested address");
  const Folder folder;
  std::ofstream(folder / "file") << "not a folder";
  check_complaint(run({"serve", "--port", "0", "--data", folder / "file"}), "Not a directory");
  check_complaint(run({"serve", "--port", "0", "--clock", "noon"}), "not a clock: noon");
  check_complaint(run({"serve", "--port", "0", "--lifecycle", "none"}),
                  "no lifecycle profile and no file: none");
  check_complaint(run({"serve", "--port", "0", "--lifecycle", folder / "file"}), "lifecycle: ");
  check_complaint(run({"serve", "--port", "0", "--log-level", "loud"}), "not a log level: loud");
  check_complaint(run({"serve", "--port", "0", "--log-format", "xml"}), "not a log format: xml");
}

}  // namespace papersail
