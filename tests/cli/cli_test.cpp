// The commands of `papersail`, run as processes.
#include <algorithm>
#include <fstream>

#include "cli/duration.hpp"
#include "tests/support/command_server.hpp"
#include "tests/support/folder.hpp"

namespace papersail {

TEST_CASE("all_commands: each command has a unique name, a help text and an example") {
  std::vector<std::string> names;
  for (const Command& command : all_commands()) {
    INFO(command.name);
    CHECK(std::string(command.help) != "");
    CHECK(has(command.example, "papersail " + std::string(command.name)));
    names.emplace_back(command.name);
  }
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("--help: lists the commands, and the examples of one command") {
  const Ran all = run({"--help"});
  CHECK(all.code == exit_ok);
  CHECK(has(all.output, "Exit codes: 0 success"));
  CHECK(has(all.output, "checkpoint"));
  const Ran one = run({"clock", "advance", "--help"});
  CHECK(one.code == exit_ok);
  CHECK(has(one.output, "papersail clock advance 15m"));
  CHECK(has(run({"serve", "--help"}).output, "--seed-file"));
}

TEST_CASE("papersail: prints one line and returns 2 when an argument is invalid") {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"fly"},
                                             {"serve", "--fly"},
                                             {"serve", "--port", "70000"},
                                             {"serve", "--port", "x"},
                                             {"clock", "fly"},
                                             {"clock", "advance"},
                                             {"clock", "advance", "soon"},
                                             {"clock", "scale", "fast"},
                                             {"fault", "add", "GetRegions", "--latency", "abc"},
                                             {"fault", "remove"},
                                             {"requests", "--last", "-1"},
                                             {"completion", "tcsh"},
                                             {"status", "--account", "1"},
                                             {"status", "--endpoint", "x"},
                                             {"restore", "a", "b"},
                                             {"fork", "2222"},
                                             {"fork", "000000000000"},
                                             {"clock", "set", "tomorrow"},
                                             {"lifecycle", "set", "slow"},
                                             {"replay", "/no/such"},
                                             {"checkpoint", "upload", "a", "/no/such"},
                                             {"fault", "add", "*"},
                                             {"fault", "add", "*", "--rate", "1", "--reset"},
                                             {"fault", "add", "*", "--reset", "--times", "0"},
                                             {"fault", "add", "*", "--reset", "--burst", "2"},
                                             {"serve", "--data", ""},
                                             {"serve", "--data="},
                                             {"fault", "remove", "x"}}) {
    const Ran ran = run(arguments);
    INFO(ran.errors);
    CHECK(ran.code == exit_usage);
    CHECK(ran.output == "");
    CHECK(ran.errors.starts_with("papersail: "));
    CHECK(ran.errors.ends_with(" --help)\n"));
    CHECK(std::count(ran.errors.begin(), ran.errors.end(), '\n') == 1);
  }
}

TEST_CASE("papersail: names an unknown command, and prints the version with --version") {
  CHECK(run({"nonsense"}).errors == "papersail: unknown command nonsense (papersail --help)\n");
  CHECK(run({"--version"}).output == run({"version"}).output);
}

TEST_CASE("papersail: returns 3 without a server, 4 after a timeout, 1 when the server refuses") {
  std::string url;
  {
    const FakeServer gone({""});
    url = gone.url();
  }
  const Ran unreachable = run({"--endpoint", url, "status"});
  CHECK(unreachable.code == exit_unreachable);
  CHECK(unreachable.errors == "papersail: no server answers at " + url + ": Connection refused\n");
  const Ran late = run({"--endpoint", url, "wait", "--timeout", "100ms"});
  CHECK(late.code == exit_timeout);
  CHECK(has(late.errors, "the server is not ready: no server answers"));
  const auto refused = run_with_response(
      response(R"({"message":"There is no checkpoint \"a\"."})", "404 No"), {"restore", "a"});
  CHECK(refused.ran.code == exit_failed);
  CHECK(refused.ran.errors == "papersail: There is no checkpoint \"a\".\n");
  const auto without_message = run_with_response(response("<html>", "503 No"), {"restore", "a"});
  CHECK(without_message.ran.errors ==
        "papersail: the server answered with status 503; is it papersail? (papersail doctor)\n");
}

TEST_CASE("papersail: sends each command to its path of the control API") {
  const auto first_line = [](std::vector<std::string> arguments) {
    const std::string request = run_with_response(response("{}"), std::move(arguments)).request;
    return request.substr(0, request.find(" HTTP/"));
  };
  CHECK(first_line({"reset"}) == "DELETE /_papersail/accounts/000000000000");
  CHECK(first_line({"reset", "--account", "111111111111"}) ==
        "DELETE /_papersail/accounts/111111111111");
  CHECK(first_line({"clock"}) == "GET /_papersail/accounts/000000000000/clock");
  CHECK(first_line({"checkpoint", "take", "a b/c"}) ==
        "PUT /_papersail/accounts/000000000000/checkpoints/a%20b%2Fc?replace=false");
  CHECK(first_line({"checkpoint", "take", "a", "--replace"}) ==
        "PUT /_papersail/accounts/000000000000/checkpoints/a");
  CHECK(first_line({"lifecycle", "set", "instant"}) ==
        "PUT /_papersail/accounts/000000000000/lifecycle");
  CHECK(first_line({"checkpoint", "delete", "a"}) ==
        "DELETE /_papersail/accounts/000000000000/checkpoints/a");
  CHECK(first_line({"restore", "a"}) ==
        "POST /_papersail/accounts/000000000000/checkpoints/a/restore");
  CHECK(first_line({"fault", "remove", "3"}) ==
        "DELETE /_papersail/accounts/000000000000/faults/3");
  CHECK(first_line({"fault", "remove", "--all"}) ==
        "DELETE /_papersail/accounts/000000000000/faults");
  CHECK(first_line({"fault", "add", "Get*", "--latency", "5"}) ==
        "POST /_papersail/accounts/000000000000/faults");
  CHECK(first_line({"export", "--all", "--action", "GetDisk"}) ==
        "GET /_papersail/requests/export?&action=GetDisk");
  CHECK(first_line({"export", "--partial"}) ==
        "GET /_papersail/requests/export?account=000000000000&partial=true");
  const auto fault = run_with_response(
      response("{}"), {"fault", "add", "Get*", "--error", "NotFoundException", "--message", "gone",
                       "--times", "2", "--after", "1", "--once-done", "--probability", "0.5"});
  CHECK(json::parse(fault.request.substr(fault.request.find("\r\n\r\n"))) ==
        json({{"action", "Get*"},
              {"error", {{"type", "NotFoundException"}, {"message", "gone"}}},
              {"times", 2},
              {"after", 1},
              {"phase", "after"},
              {"probability", 0.5}}));
  const auto advanced = run_with_response(response("{}"), {"clock", "advance", "1h30m"});
  CHECK(advanced.request.ends_with("\r\n\r\n{\"seconds\":5400}"));
  const auto scaled = run_with_response(response("{}"), {"clock", "scale", "x60"});
  CHECK(scaled.request.ends_with("\r\n\r\n{\"mode\":\"scaled\",\"scale\":60}"));
  const auto with_token = run_with_response(response("{}"), {"reset", "--control-token", "t0ken"});
  CHECK(has(with_token.request, "\r\nAuthorization: Bearer t0ken\r\n"));
}

TEST_CASE("reset --all: empties every account of the server") {
  const CommandServer server;
  server.call("CreateKeyPair", {{"keyPairName", "one"}});
  CHECK(server.ask({"fork", "222222222222"}).code == exit_ok);
  const Ran reset = server.ask({"reset", "--all"});
  CHECK(reset.code == exit_ok);
  CHECK(reset.output == "Account 000000000000 is empty.\nAccount 222222222222 is empty.\n");
  CHECK(server.call("GetKeyPairs").at("keyPairs").empty());
}

TEST_CASE("requests --follow: prints events as they arrive") {
  const auto followed = run_with_response(
      "HTTP/1.1 200 OK\r\n\r\n: hello\n\ndata: {\"a\":1}\n\ndata:{}\n\n", {"requests", "--follow"});
  CHECK(followed.ran.code == exit_ok);
  CHECK(followed.ran.output == "{\"a\":1}\n{}\n");
  CHECK(followed.request.starts_with("GET /_papersail/requests/stream?account=000000000000 "));
}

TEST_CASE("env --lightsail-only: sets one variable, and warns") {
  const Ran exported = run({"env", "--lightsail-only", "--endpoint", "http://h:1/"});
  CHECK(exported.output == "export AWS_ENDPOINT_URL_LIGHTSAIL=http://h:1/\n");
  CHECK(has(exported.errors, "STS and every other service"));
  CHECK(json::parse(run({"env", "--lightsail-only", "--json"}).output).size() == 1);
  const Ran unset = run({"env", "--lightsail-only", "--unset"});
  CHECK(unset.output == "unset AWS_ENDPOINT_URL_LIGHTSAIL\n");
  CHECK(unset.errors == "");
}

TEST_CASE("env: prints export commands, and unset commands with --unset") {
  const Ran exported = run(
      {"env", "--endpoint", "http://h:1/", "--account", "111111111111", "--region", "eu-west-1"});
  CHECK(exported.output ==
        "export AWS_ENDPOINT_URL_LIGHTSAIL=http://h:1/\nexport AWS_ENDPOINT_URL=http://h:1/\n"
        "export PAPERSAIL_ENDPOINT=http://h:1/\nexport AWS_ACCESS_KEY_ID=111111111111\n"
        "export AWS_SECRET_ACCESS_KEY=test\nexport AWS_DEFAULT_REGION=eu-west-1\n"
        "export AWS_REGION=eu-west-1\n");
  CHECK(has(run({"env"}).output, "export AWS_ACCESS_KEY_ID=test\n"));
  CHECK(has(run({"env", "--unset"}).output, "unset AWS_ENDPOINT_URL\n"));
  CHECK(json::parse(run({"env", "--json"}).output).at("AWS_SECRET_ACCESS_KEY") == "test");
  CHECK(run({"env"}).errors == "");
  const Ran hostile = run({"env", "--region", "a'; rm -rf $HOME #"});
  CHECK(has(hostile.output, "export AWS_REGION='a'\\''; rm -rf $HOME #'\n"));
}

TEST_CASE("actions: lists every action of the model by verb, with + if it works") {
  const Ran ran = run({"actions"});
  CHECK(ran.code == 0);
  CHECK(has(ran.output, "  + GetRegions\n"));
  const json lists = json::parse(run({"actions", "--json"}).output);
  const std::size_t works = lists.at("implemented").size(), missing = lists.at("missing").size();
  CHECK(works + missing == 167);
  CHECK(ran.output.ends_with("\n" + std::to_string(works) + " of 167 actions work\n"));
  CHECK(has(ran.output, "Reboot: 2 of 2\n  + RebootInstance\n"));
}

TEST_CASE("parse_duration: parses numbers with units and refuses other text") {
  CHECK(parse_duration("90") == seconds(90));
  CHECK(parse_duration("15m") == minutes(15));
  CHECK(parse_duration("1h30m") == minutes(90));
  CHECK(parse_duration("2d") == days(2));
  CHECK(parse_duration("1w") == days(7));
  CHECK(parse_duration("250ms") == 250);
  CHECK(parse_duration("0") == 0);
  for (const char* text :
       {"", "m", "1x", "-1m", "1.5h", "1 h", "99999999999999999999", "1000000d"}) {
    CHECK_THROWS_AS(parse_duration(text), std::invalid_argument);
  }
}

}  // namespace papersail
