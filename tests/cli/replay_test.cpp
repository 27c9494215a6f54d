// The commands export, replay, checkpoint upload and lifecycle set, against a server.
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "tests/support/command_server.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

const std::vector<std::string> quiet = {
    "--lifecycle", "instant", "--log-level", "off",
    "--seed",      "1",       "--clock",     "2026-01-01T00:00:00Z"};

}  // namespace

TEST_CASE("replay: makes the calls of a file and names the line of a refused call") {
  const Folder folder;
  const CommandServer server(quiet);
  std::ofstream(folder / "calls") << R"({"action":"CreateInstances","input":)"
                                  << new_instance().dump() << "}\n";
  const Ran first = server.ask({"replay", folder / "calls"});
  CHECK(first.code == exit_ok);
  CHECK(first.output == "1 call made, 0 refused.\n");
  CHECK(server.call("GetInstances").at("instances").size() == 1);
  const Ran again = server.ask({"replay", folder / "calls"});
  CHECK(again.code == exit_failed);
  CHECK(again.errors == "papersail: " + (folder / "calls") +
                            ":1: CreateInstances: InvalidInputException: Some names are already "
                            "in use: web-1\n");
  const Ran goes_on = server.ask({"replay", folder / "calls", "--keep-going", "--json"});
  CHECK(goes_on.code == exit_failed);
  CHECK(json::parse(goes_on.output) == json({{"made", 0}, {"refused", 1}}));
}

TEST_CASE("replay: reads standard input for -") {
  const CommandServer server(quiet);
  const std::string command =
      R"(echo '{"action":"CreateKeyPair","input":{"keyPairName":"deploy"}}' | )" + program() +
      " --endpoint http://127.0.0.1:" + server.port + " replay - > /dev/null";
  CHECK(std::system(command.c_str()) == 0);
  CHECK(server.call("GetKeyPairs").at("keyPairs").size() == 1);
}

TEST_CASE("replay: signs calls with the account's number as the access key id") {
  const Folder folder;
  ::setenv("AWS_SECRET_ACCESS_KEY", "hush", 1);
  std::ofstream(folder / "keys")
      << R"({"111111111111": {"secret": "hush", "account": "111111111111"}})";
  std::ofstream(folder / "calls") << R"({"account":"111111111111","action":"GetInstances"})";
  const CommandServer server(
      {"--auth", "strict", "--credentials", folder / "keys", "--log-level", "off"});
  CHECK(server.ask({"replay", folder / "calls"}).code == exit_ok);
  ::setenv("AWS_SECRET_ACCESS_KEY", "guess", 1);
  const Ran refused = server.ask({"replay", folder / "calls"});
  ::unsetenv("AWS_SECRET_ACCESS_KEY");
  CHECK(refused.code == exit_failed);
  CHECK(has(refused.errors, "InvalidSignatureException"));
}

TEST_CASE("export: gives the same state when it is replayed on another server") {
  const Folder folder;
  const CommandServer first(quiet);
  first.call("CreateInstances", new_instance());
  first.ask({"checkpoint", "take", "base"});
  first.ask({"clock", "advance", "2d"});
  first.ask({"lifecycle", "set", "realistic"});
  first.call("StopInstance", {{"instanceName", "web-1"}});
  first.ask({"restore", "base"});
  first.call("RebootInstance", {{"instanceName", "web-1"}});
  first.ask({"clock", "advance", "30d"});
  const Ran exported = first.ask({"export", "--all", folder / "calls"});
  CHECK(exported.output == "Wrote " + (folder / "calls") + ": 5 lines.\n");
  CHECK(exported.errors == "");
  const CommandServer second(quiet);
  CHECK(second.ask({"replay", folder / "calls"}).output == "5 calls made, 0 refused.\n");
  for (const char* action : {"GetInstances", "GetOperations"}) {
    CHECK(second.call(action) == first.call(action));
  }
  for (const char* command : {"clock", "lifecycle", "checkpoint"}) {
    CHECK(second.ask({command, "--json"}).output == first.ask({command, "--json"}).output);
  }
  std::vector<std::string> seeded = quiet;
  seeded.insert(seeded.end(), {"--seed-file", folder / "calls"});
  const CommandServer third(seeded);
  CHECK(third.call("GetInstances") == first.call("GetInstances"));
}

TEST_CASE("export: says that it has the state of an account that is older than the server") {
  const Folder folder;
  std::vector<std::string> with_data = quiet;
  with_data.insert(with_data.end(), {"--data", folder / "data"});
  {
    CommandServer first(with_data);
    first.call("CreateInstances", new_instance());
    first.signal(SIGTERM);
    CHECK(first.wait() == 0);
  }
  const CommandServer second(with_data);
  const Ran exported = second.ask({"export", folder / "calls"});
  CHECK(exported.code == exit_ok);
  CHECK(has(exported.errors, "a copy of its present state instead"));
  CHECK(second.ask({"export", "--partial"}).output == "");
  const CommandServer third(quiet);
  CHECK(third.ask({"replay", folder / "calls"}).code == exit_ok);
  CHECK(third.call("GetInstances") == second.call("GetInstances"));
  CHECK(third.ask({"checkpoint", "list", "--json"}).output == "{\"checkpoints\":[]}\n");
}

TEST_CASE("checkpoint take: refuses an existing name without --replace") {
  const CommandServer server(quiet);
  CHECK(server.ask({"checkpoint", "take", "base"}).code == exit_ok);
  const Ran refused = server.ask({"checkpoint", "take", "base"});
  CHECK(refused.code == exit_failed);
  CHECK(refused.errors ==
        "papersail: account 000000000000 has a checkpoint base already; --replace overwrites it\n");
  CHECK(server.ask({"checkpoint", "take", "base", "--replace"}).code == exit_ok);
}

TEST_CASE("checkpoint upload: makes a checkpoint of a downloaded one") {
  const Folder folder;
  const std::string file = folder / "base.sqlite";
  {
    const CommandServer first(quiet);
    first.call("CreateInstances", new_instance());
    first.ask({"checkpoint", "take", "base"});
    CHECK(first.ask({"checkpoint", "download", "base", file}).code == exit_ok);
  }
  const CommandServer second(quiet);
  CHECK(has(second.ask({"checkpoint", "upload", "moved", file}).output,
            "Uploaded checkpoint moved of account 000000000000: 2 resources"));
  CHECK(second.ask({"restore", "moved"}).code == exit_ok);
  CHECK(second.call("GetInstances").at("instances").size() == 1);
  std::ofstream(folder / "text") << "no checkpoint";
  CHECK(second.ask({"checkpoint", "upload", "wrong", folder / "text"}).code == exit_failed);
}

TEST_CASE("fork: names the flag that overwrites an account") {
  const CommandServer server(quiet);
  server.call("CreateKeyPair", {{"keyPairName", "deploy"}});
  CHECK(server.ask({"fork", "222222222222"}).code == exit_ok);
  CHECK(server.ask({"fork", "222222222222"}).errors ==
        "papersail: account 222222222222 is not empty; --replace overwrites it\n");
  CHECK(server.ask({"fork", "222222222222", "--replace"}).code == exit_ok);
}

TEST_CASE("clock real: names the command that lets time run on") {
  const CommandServer server({"--log-level", "off"});
  server.call("CreateKeyPair", {{"keyPairName", "deploy"}});
  server.ask({"clock", "advance", "1d"});
  CHECK(has(server.ask({"clock", "real"}).errors,
            "To let time run on from here: papersail clock scale 1"));
  CHECK(server.ask({"clock", "scale", "1"}).code == exit_ok);
}

}  // namespace papersail
