// The commands, as they are typed.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "cli/cli.hpp"
#include "cli/duration.hpp"
#include "cli/table.hpp"
#include "tests/support/fake_server.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/serving.hpp"

namespace papersail {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A server, and commands that ask it.
struct DecodedRequest : Serving {
  explicit DecodedRequest(std::vector<std::string> more = {}) : Serving(std::move(more)) {}

  Ran ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--endpoint", "http://127.0.0.1:" + port});
    return run(arguments);
  }
};

std::string response(const std::string& body, const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

// What a command does with a server's only answer.
struct Told {
  Ran ran;
  std::string request;
};
Told told(const std::string& bytes, std::vector<std::string> arguments) {
  const FakeServer server({bytes});
  arguments.insert(arguments.begin(), {"--endpoint", server.url()});
  Ran ran = run(arguments);
  return {std::move(ran), server.request()};
}

}  // namespace

TEST_CASE("Commands: each has a name of its own, words of help and an example of itself") {
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

TEST_CASE("papersail: help says what there is, each command its examples") {
  const Ran all = run({"--help"});
  CHECK(all.code == exit_ok);
  CHECK(has(all.output, "Exit codes: 0 it went well"));
  CHECK(has(all.output, "checkpoint"));
  const Ran one = run({"clock", "advance", "--help"});
  CHECK(one.code == exit_ok);
  CHECK(has(one.output, "papersail clock advance 15m"));
  CHECK(has(run({"serve", "--help"}).output, "--seed-file"));
}

TEST_CASE("papersail: what it does not know it refuses, with exit code 2 and a line") {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{},
                                             {"fly"},
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
                                             {"restore", "a", "b"}}) {
    const Ran ran = run(arguments);
    INFO(ran.complaint);
    CHECK(ran.code == exit_usage);
    CHECK(ran.output == "");
    CHECK(ran.complaint.starts_with("papersail: "));
    CHECK(std::count(ran.complaint.begin(), ran.complaint.end(), '\n') == 1);
  }
}

TEST_CASE("papersail: a command that is none is named") {
  CHECK(run({"nonsense"}).complaint ==
        "papersail: there is no command \"nonsense\" (papersail --help)\n");
  CHECK(run({"--version"}).output == run({"version"}).output);
}

TEST_CASE("papersail: no server is exit code 3, one that is too slow 4, a refusal 1") {
  std::string url;
  {
    const FakeServer gone({""});
    url = gone.url();
  }
  const Ran nobody = run({"--endpoint", url, "status"});
  CHECK(nobody.code == exit_unreachable);
  CHECK(nobody.complaint == "papersail: nothing answers at " + url + ": Connection refused\n");
  const Ran late = run({"--endpoint", url, "wait", "--timeout", "100ms"});
  CHECK(late.code == exit_timeout);
  CHECK(has(late.complaint, "still not ready: nothing answers"));
  const auto refused =
      told(response(R"({"message":"There is no checkpoint \"a\"."})", "404 No"), {"restore", "a"});
  CHECK(refused.ran.code == exit_failed);
  CHECK(refused.ran.complaint == "papersail: There is no checkpoint \"a\".\n");
  const auto rude = told(response("<html>", "503 No"), {"restore", "a"});
  CHECK(rude.ran.complaint == "papersail: the server answered 503\n");
}

TEST_CASE("papersail: what the commands ask of a server") {
  const auto first_line = [](std::vector<std::string> arguments) {
    const std::string request = told(response("{}"), std::move(arguments)).request;
    return request.substr(0, request.find(" HTTP/"));
  };
  CHECK(first_line({"reset"}) == "DELETE /_papersail/accounts/000000000000");
  CHECK(first_line({"reset", "--account", "111111111111"}) ==
        "DELETE /_papersail/accounts/111111111111");
  CHECK(first_line({"clock"}) == "GET /_papersail/accounts/000000000000/clock");
  CHECK(first_line({"checkpoint", "take", "a b/c"}) ==
        "PUT /_papersail/accounts/000000000000/checkpoints/a%20b%2Fc");
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
  const auto fault = told(
      response("{}"), {"fault", "add", "Get*", "--error", "NotFoundException", "--message", "gone",
                       "--times", "2", "--after", "1", "--once-done", "--probability", "0.5"});
  CHECK(json::parse(fault.request.substr(fault.request.find("\r\n\r\n"))) ==
        json({{"action", "Get*"},
              {"error", {{"type", "NotFoundException"}, {"message", "gone"}}},
              {"times", 2},
              {"after", 1},
              {"phase", "after"},
              {"probability", 0.5}}));
  const auto advanced = told(response("{}"), {"clock", "advance", "1h30m"});
  CHECK(advanced.request.ends_with("\r\n\r\n{\"seconds\":5400}"));
  const auto scaled = told(response("{}"), {"clock", "scale", "x60"});
  CHECK(scaled.request.ends_with("\r\n\r\n{\"mode\":\"scaled\",\"scale\":60}"));
  const auto with_token = told(response("{}"), {"reset", "--control-token", "t0ken"});
  CHECK(has(with_token.request, "\r\nAuthorization: Bearer t0ken\r\n"));
}

TEST_CASE("reset --all: empties every account of the server") {
  const DecodedRequest server;
  server.call("CreateKeyPair", {{"keyPairName", "one"}});
  CHECK(server.ask({"fork", "222222222222"}).code == exit_ok);
  const Ran reset = server.ask({"reset", "--all"});
  CHECK(reset.code == exit_ok);
  CHECK(reset.output == "Account 000000000000 is empty.\nAccount 222222222222 is empty.\n");
  CHECK(server.call("GetKeyPairs").at("keyPairs").empty());
}

TEST_CASE("papersail: what a server says is shown in columns, or as it came") {
  const std::string said = R"({"mode":"real","now":"2026-01-01T00:00:00Z"})";
  CHECK(told(response(said), {"clock"}).ran.output == "mode  real\nnow   2026-01-01T00:00:00Z\n");
  CHECK(told(response(said), {"clock", "--json"}).ran.output == said + "\n");
  const std::string list = R"({"checkpoints":[{"name":"a","size":1},{"name":"long","size":22}]})";
  CHECK(told(response(list), {"checkpoint"}).ran.output == "name  size\na     1\nlong  22\n");
  CHECK(told(response(R"({"checkpoints":[]})"), {"checkpoint"}).ran.output == "");
}

TEST_CASE("requests: a line each, with what fits it") {
  const std::string one =
      R"({"requests":[{"id":7,"time":"t","account":"a","region":"r","action":"GetDisk","status":404,)"
      R"("errorType":"NotFoundException","durationMs":0.5,"input":{"diskName":"a"}}]})";
  CHECK(told(response(one), {"requests"}).ran.output ==
        "id  time  region  action   status  errorType          durationMs\n"
        "7   t     r       GetDisk  404     NotFoundException  0.5\n");
  CHECK(has(told(response(one), {"requests", "--all"}).ran.output, "time  account  region"));
  CHECK(has(told(response(one), {"requests", "--json"}).ran.output, "diskName"));
}

TEST_CASE("requests --follow: events are printed as they come") {
  const auto followed = told("HTTP/1.1 200 OK\r\n\r\n: hello\n\ndata: {\"a\":1}\n\ndata:{}\n\n",
                             {"requests", "--follow"});
  CHECK(followed.ran.code == exit_ok);
  CHECK(followed.ran.output == "{\"a\":1}\n{}\n");
  CHECK(followed.request.starts_with("GET /_papersail/requests/stream?account=000000000000 "));
}

TEST_CASE("env: what a shell needs, and what takes it back") {
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
  const Ran hostile = run({"env", "--region", "a'; rm -rf $HOME #"});
  CHECK(has(hostile.output, "export AWS_REGION='a'\\''; rm -rf $HOME #'\n"));
}

TEST_CASE("actions: every action of the model has a line, by verb, and a sign whether it works") {
  const Ran ran = run({"actions"});
  CHECK(ran.code == 0);
  CHECK(has(ran.output, "  + GetRegions\n"));
  const json lists = json::parse(run({"actions", "--json"}).output);
  const std::size_t works = lists.at("implemented").size(), missing = lists.at("missing").size();
  CHECK(works + missing == 167);
  CHECK(ran.output.ends_with("\n" + std::to_string(works) + " of 167 actions work\n"));
  CHECK(has(ran.output, "Reboot: 2 of 2\n  + RebootInstance\n"));
}

TEST_CASE("completion: commands, their options, what they take") {
  const auto offers = [](std::vector<std::string> words) {
    words.insert(words.begin(), "__complete");
    return run(words).output;
  };
  CHECK(has(offers({""}), "serve\tServe the Lightsail API\n"));
  CHECK(offers({"che"}).starts_with("checkpoint\t"));
  CHECK(offers({"clock", "adv"}) ==
        "advance\tMove the time ahead; what is due meanwhile happens\n");
  CHECK(has(offers({"requests", "--"}), "--follow\t"));
  CHECK(has(offers({"requests", "--"}), "--account\t"));
  CHECK_FALSE(has(offers({"serve", "--"}), "--account\t"));
  CHECK(offers({"completion", "f"}) == "fish\t\n");
  for (const char* shell : {"bash", "zsh", "fish"}) {
    CHECK(has(run({"completion", shell}).output, "papersail __complete"));
  }
}

TEST_CASE("replay: the calls of a file are made, a refused one names its line") {
  const Folder folder;
  const DecodedRequest server({"--lifecycle", "instant", "--log-level", "off"});
  std::ofstream(folder / "calls") << R"({"action":"CreateInstances","input":)"
                                  << new_instance().dump() << "}\n";
  const Ran first = server.ask({"replay", folder / "calls"});
  CHECK(first.code == exit_ok);
  CHECK(first.output == "1 calls made, 0 refused.\n");
  CHECK(server.call("GetInstances").at("instances").size() == 1);
  const Ran again = server.ask({"replay", folder / "calls"});
  CHECK(again.code == exit_failed);
  CHECK(again.complaint == "papersail: " + (folder / "calls") +
                               ":1: CreateInstances: InvalidInputException: Some names are already "
                               "in use: web-1\n");
  const Ran goes_on = server.ask({"replay", folder / "calls", "--keep-going", "--json"});
  CHECK(goes_on.code == exit_failed);
  CHECK(json::parse(goes_on.output) == json({{"made", 0}, {"refused", 1}}));
}

TEST_CASE("replay: calls are signed, with the account's number as the access key") {
  const Folder folder;
  ::setenv("AWS_SECRET_ACCESS_KEY", "hush", 1);
  std::ofstream(folder / "keys")
      << R"({"111111111111": {"secret": "hush", "account": "111111111111"}})";
  std::ofstream(folder / "calls") << R"({"account":"111111111111","action":"GetInstances"})";
  const DecodedRequest server(
      {"--auth", "strict", "--credentials", folder / "keys", "--log-level", "off"});
  CHECK(server.ask({"replay", folder / "calls"}).code == exit_ok);
  ::setenv("AWS_SECRET_ACCESS_KEY", "guess", 1);
  const Ran refused = server.ask({"replay", folder / "calls"});
  ::unsetenv("AWS_SECRET_ACCESS_KEY");
  CHECK(refused.code == exit_failed);
  CHECK(has(refused.complaint, "InvalidSignatureException"));
}

TEST_CASE("doctor: nobody there, somebody else there, papersail there") {
  const auto lines = [](const Ran& ran) { return json::parse(ran.output).at("findings"); };
  std::string url;
  {
    const FakeServer stranger({response("<html>")});
    url = stranger.url();
    const Ran ran = run({"--endpoint", url, "doctor", "--json"});
    CHECK(ran.code == exit_failed);
    CHECK(has(lines(ran)[0].at("found"), "is not papersail but papersail_tests (process "));
  }
  const Ran nobody = run({"--endpoint", url, "doctor", "--json"});
  CHECK(nobody.code == exit_unreachable);
  CHECK(lines(nobody)[0].at("result") == "bad");
  const DecodedRequest server;
  const Ran well = server.ask({"doctor"});
  CHECK(has(well.output, "ok\tserver: papersail answers at http://127.0.0.1:" + server.port));
  CHECK(has(well.output, "ok\tversion: both are " + std::string(version)));
  CHECK(has(server.ask({"doctor", "--data", "/no/such"}).output, "bad\tdata: /no/such is not"));
}

TEST_CASE("parse_duration: what people write") {
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

TEST_CASE("table_of: columns for lists, lines for objects, nothing that a terminal would obey") {
  CHECK(table_of({{{"a", 1}, {"b", "x"}}, {{"a", 22}, {"c", nullptr}}}) ==
        "a   b  c\n1   x  -\n22  -  -\n");
  CHECK(table_of({{"name", "a\x1b[31m\nb"}, {"z", true}}) == "name  a [31m b\nz     true\n");
  CHECK(table_of({"x", 1}) == "x\n1\n");
  CHECK(table_of(json::array()) == "");
}

}  // namespace papersail
