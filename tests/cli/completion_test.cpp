// Completion in a shell.
#include "tests/support/command_server.hpp"

namespace papersail {
namespace {

std::string offers(std::vector<std::string> words) {
  words.insert(words.begin(), "__complete");
  const Ran ran = run(words);
  CHECK(ran.code == exit_ok);
  CHECK(ran.errors == "");
  return ran.output;
}

}  // namespace

TEST_CASE("completion: offers commands, options and names of shells") {
  CHECK(has(offers({""}), "serve\tServe the Lightsail API\n"));
  CHECK(offers({"che"}).starts_with("checkpoint\t"));
  CHECK(offers({"clock", "adv"}) ==
        "advance\tMove the clock ahead; everything due by then happens\n");
  CHECK(has(offers({"requests", "--"}), "--follow\t"));
  CHECK(has(offers({"requests", "--"}), "--account\t"));
  CHECK_FALSE(has(offers({"serve", "--"}), "--account\t"));
  CHECK(offers({"completion", "f"}) == "fish\t\n");
  CHECK(has(offers({"help", "che"}), "checkpoint\t\n"));
  for (const char* shell : {"bash", "zsh", "fish"}) {
    CHECK(has(run({"completion", shell}).output, "papersail __complete"));
  }
}

TEST_CASE("completion: offers the values of arguments and options") {
  CHECK(offers({"fault", "add", "CreateInstances"}).starts_with("CreateInstances\t\n"));
  CHECK(offers({"fault", "add", "*", "--error", "Thr"}) == "ThrottlingException\t\n");
  CHECK(offers({"serve", "--lifecycle", "f"}) == "fast\t\n:files\n");
  CHECK(offers({"lifecycle", "set", "i"}) == "instant\t\n:files\n");
  CHECK(offers({"serve", "--log-level", "de"}) == "debug\t\n");
  CHECK(offers({"serve", "--data", ""}) == ":files\n");
  CHECK(offers({"replay", ""}) == ":files\n");
  CHECK(has(offers({"env", "--region", "eu-w"}), "eu-west-1\t\n"));
  CHECK(offers({"fault", "add", "GetDisk", ""}) == "");
}

TEST_CASE("completion: offers what the server knows, and nothing without it") {
  std::string url;
  {
    const FakeServer gone({""});
    url = gone.url();
  }
  CHECK(offers({"--endpoint", url, "restore", ""}) == "");
  const CommandServer server;
  server.ask({"checkpoint", "take", "before"});
  server.ask({"fault", "add", "*", "--latency", "1"});
  const std::string endpoint = "http://127.0.0.1:" + server.port;
  CHECK(offers({"--endpoint", endpoint, "restore", ""}) == "before\t\n");
  CHECK(offers({"--endpoint", endpoint, "checkpoint", "delete", "b"}) == "before\t\n");
  CHECK(offers({"--endpoint", endpoint, "fault", "remove", ""}) == "1\t\n");
  CHECK(offers({"reset", "--endpoint", endpoint, "--account", ""}) == "000000000000\t\n");
}

}  // namespace papersail
