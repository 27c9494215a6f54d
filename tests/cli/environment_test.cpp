// The environment variables that set options of `papersail serve`.
#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <fstream>

#include "cli/cli.hpp"
#include "cli/environment.hpp"
#include "server/serve.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/process.hpp"

namespace papersail {
namespace {

using Texts = std::vector<std::string>;

// Returns the options that the variables set in addition to these arguments of `serve`.
EnvironmentOptions options_of(const Variables& variables, const Texts& given = {}) {
  CLI::App serve;
  ServeFlags flags;
  add_serve_flags(serve, flags);
  return options_in(variables, serve, given);
}

Texts arguments_of(const Variables& variables, const Texts& given = {}) {
  return options_of(variables, given).arguments;
}

// Returns the output of a server up to "Ready."; the server is then stopped.
Texts lines_of(const Texts& arguments, const Variables& variables) {
  Process server(arguments, variables);
  Texts out;
  do out.push_back(server.line());
  while (out.back() != "Ready." && !out.back().empty());
  server.signal(SIGTERM);
  CHECK(server.wait() == 0);
  return out;
}

bool has_line(const Texts& lines, const std::string& part) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("Environment: sets every option of serve by a variable, which --help shows") {
  CLI::App serve;
  ServeFlags flags;
  add_serve_flags(serve, flags);
  const std::string help = run({"serve", "--help"}).output;
  for (const CLI::Option* option : serve.get_options()) {
    const std::string name = option->get_lnames().front();
    if (name == "help") continue;
    INFO(name);
    CHECK(help.find("--" + name) != std::string::npos);
    CHECK(help.find("[" + variable_of(name) + "]") != std::string::npos);
  }
  CHECK(variable_of("init-dir") == "PAPERSAIL_INIT_DIR");
}

TEST_CASE("Environment: sets an option by its variable") {
  CHECK(arguments_of({{"PAPERSAIL_PORT", "4510"}, {"PAPERSAIL_INIT_DIR", "seeds"}}) ==
        Texts{"--init-dir=seeds", "--port=4510"});
  CHECK(arguments_of({{"PAPERSAIL_TLS_SELF_SIGNED", "1"}}) == Texts{"--tls-self-signed=1"});
  CHECK(arguments_of({{"PATH", "/bin"}, {"PAPERSAIL_ENDPOINT", "http://x"}}).empty());
}

TEST_CASE("Environment: splits the value at commas when an option may be repeated") {
  CHECK(arguments_of({{"PAPERSAIL_SEED_FILE", "a.jsonl,b.jsonl"}}) ==
        Texts{"--seed-file=a.jsonl", "--seed-file=b.jsonl"});
  CHECK(arguments_of({{"PAPERSAIL_CORS_ORIGIN", "http://a,http://b:80"}}).size() == 2);
  CHECK(arguments_of({{"PAPERSAIL_DATA", "a,b"}}) == Texts{"--data=a,b"});
}

TEST_CASE("Environment: sets nothing that the command line sets") {
  const Variables port = {{"PAPERSAIL_PORT", "4510"}};
  CHECK(arguments_of(port, {"--port", "0"}).empty());
  CHECK(arguments_of(port, {"--port=0"}).empty());
  CHECK(arguments_of(port, {"--portal"}) == Texts{"--port=4510"});
  CHECK(arguments_of({{"PAPERSAIL_PORT", "none"}}, {"--port=0"}).empty());
}

TEST_CASE("serve: starts with the options that variables set") {
  const Folder folder;
  std::ofstream(folder / "keys.json") << R"({"KEY": {"secret": "s", "account": "123456789012"}})";
  const Texts lines = lines_of({"serve"}, {{"PAPERSAIL_PORT", "0"},
                                           {"PAPERSAIL_HOST", "127.0.0.2"},
                                           {"PAPERSAIL_DATA", folder / "data"},
                                           {"PAPERSAIL_AUTH", "strict"},
                                           {"PAPERSAIL_CREDENTIALS", folder / "keys.json"},
                                           {"PAPERSAIL_LOG_FORMAT", "json"}});
  CHECK(has_line(lines, " listens on http://127.0.0.2:"));
  CHECK(std::ifstream(folder / "data/lock").good());
}

TEST_CASE("Environment: names the variable and returns 2 when its value is invalid") {
  const Folder folder;
  std::ofstream(folder / "bad") << "{";
  const std::string bad = folder / "bad";
  const std::vector<std::pair<Variables, std::string>> cases = {
      {{{"PAPERSAIL_PORT", "99999"}}, "PAPERSAIL_PORT: Value 99999 not in range"},
      {{{"PAPERSAIL_PORT", "x"}}, "PAPERSAIL_PORT: "},
      {{{"PAPERSAIL_CONTROL_PORT", "-1"}}, "PAPERSAIL_CONTROL_PORT: "},
      {{{"PAPERSAIL_SEED", "one"}}, "PAPERSAIL_SEED: invalid value one"},
      {{{"PAPERSAIL_MAX_CONNECTIONS", "0"}}, "PAPERSAIL_MAX_CONNECTIONS: "},
      {{{"PAPERSAIL_TLS_SELF_SIGNED", "maybe"}}, "PAPERSAIL_TLS_SELF_SIGNED: invalid value maybe"},
      {{{"PAPERSAIL_CLOCK", "noon"}}, "PAPERSAIL_CLOCK: invalid clock "},
      {{{"PAPERSAIL_LIFECYCLE", "slow"}},
       "PAPERSAIL_LIFECYCLE: lifecycle: \"slow\" is neither a profile"},
      {{{"PAPERSAIL_LIFECYCLE", bad}}, "PAPERSAIL_LIFECYCLE: lifecycle: "},
      {{{"PAPERSAIL_QUOTAS", bad}}, "PAPERSAIL_QUOTAS: "},
      {{{"PAPERSAIL_CREDENTIALS", bad}}, "PAPERSAIL_CREDENTIALS: "},
      {{{"PAPERSAIL_AUTH", "maybe"}}, "PAPERSAIL_AUTH: invalid authentication mode \"maybe\""},
      {{{"PAPERSAIL_CORS_ORIGIN", "*,here"}}, "PAPERSAIL_CORS_ORIGIN: invalid origin \"here\""},
      {{{"PAPERSAIL_LOG_LEVEL", "loud"}}, "PAPERSAIL_LOG_LEVEL: invalid log level \"loud\""},
      {{{"PAPERSAIL_LOG_FORMAT", "xml"}}, "PAPERSAIL_LOG_FORMAT: invalid log format \"xml\""},
      {{{"GATEWAY_LISTEN", "127.0.0.1:http"}}, "GATEWAY_LISTEN: Value http not in range"}};
  for (const auto& [variables, message] : cases) {
    const Ran ran = run({"serve"}, variables);
    INFO(ran.errors);
    CHECK(ran.code == exit_usage);
    CHECK(ran.output == "");
    CHECK(ran.errors.starts_with("papersail: " + message));
    CHECK(std::count(ran.errors.begin(), ran.errors.end(), '\n') == 1);
  }
}

TEST_CASE("Environment: applies the rules between options to variables") {
  const Ran ran = run({"serve", "--port", "0"}, {{"PAPERSAIL_TLS_CERT", "cert.pem"}});
  CHECK(ran.code == exit_usage);
  CHECK(ran.errors.find("--tls-key") != std::string::npos);
}

TEST_CASE("Environment: refuses an empty value of a variable or an option") {
  const Ran variable = run({"serve"}, {{"PAPERSAIL_DATA", ""}});
  CHECK(variable.code == exit_usage);
  CHECK(variable.errors ==
        "papersail: PAPERSAIL_DATA has an empty value; set one, or unset it (papersail serve "
        "--help)\n");
  for (const Texts& arguments : std::vector<Texts>{{"serve", "--data", ""},
                                                   {"serve", "--data="},
                                                   {"serve", "--seed-file", ""},
                                                   {"status", "--account", ""},
                                                   {"--endpoint", "", "status"},
                                                   {"checkpoint", "take", ""}}) {
    const Ran ran = run(arguments);
    INFO(ran.errors);
    CHECK(ran.code == exit_usage);
    CHECK(ran.errors.find("value") != std::string::npos);
  }
}

TEST_CASE("Environment: logs a warning that names an unknown PAPERSAIL_ variable") {
  const Texts lines = lines_of({"serve", "--port", "0"}, {{"PAPERSAIL_LIFECYLE", "instant"}});
  CHECK(has_line(lines, " warning PAPERSAIL_LIFECYLE is not a setting of papersail"));
}

TEST_CASE("Environment: ignores the variables that Kubernetes sets for a Service") {
  const auto options = options_of({{"PAPERSAIL_PORT", "tcp://10.0.0.1:4566"},
                                   {"PAPERSAIL_PORT_4566_TCP_ADDR", "10.0.0.1"},
                                   {"PAPERSAIL_SERVICE_HOST", "10.0.0.1"}});
  CHECK(options.arguments.empty());
  CHECK(options.warnings.empty());
}

TEST_CASE("Environment: applies and logs variables of LocalStack") {
  const auto options =
      options_of({{"GATEWAY_LISTEN", "0.0.0.0:4510"}, {"PERSISTENCE", "1"}, {"DEBUG", "1"}});
  CHECK(options.arguments ==
        Texts{"--host=0.0.0.0", "--port=4510", "--data=papersail-data", "--log-level=debug"});
  CHECK(options.notices ==
        Texts{"GATEWAY_LISTEN sets --host to 0.0.0.0", "GATEWAY_LISTEN sets --port to 4510",
              "PERSISTENCE sets --data to papersail-data", "DEBUG sets --log-level to debug"});
  CHECK(has_line(lines_of({"serve", "--port", "0"}, {{"DEBUG", "1"}}),
                 " info DEBUG sets --log-level to debug"));
}

TEST_CASE("Environment: parses GATEWAY_LISTEN with a missing part, IPv6 or several addresses") {
  const auto listen = [](const char* value) { return arguments_of({{"GATEWAY_LISTEN", value}}); };
  CHECK(listen(":4510") == Texts{"--port=4510"});
  CHECK(listen("127.0.0.1") == Texts{"--host=127.0.0.1"});
  CHECK(listen("[::]:4510") == Texts{"--host=::", "--port=4510"});
  CHECK(listen("[::1]") == Texts{"--host=::1"});
  CHECK(listen("0.0.0.0:4566,0.0.0.0:443") == Texts{"--host=0.0.0.0", "--port=4566"});
  CHECK(listen("").empty());
}

TEST_CASE("Environment: prefers other settings to variables of LocalStack") {
  CHECK(arguments_of({{"GATEWAY_LISTEN", ":4510"}, {"PAPERSAIL_PORT", "0"}}) == Texts{"--port=0"});
  CHECK(options_of({{"GATEWAY_LISTEN", ":4510"}}, {"--port", "0"}).notices.empty());
  CHECK(arguments_of({{"PERSISTENCE", "0"}, {"DEBUG", "*"}}).empty());
}

TEST_CASE("endpoint_in: returns the URL of the server that the variables configure") {
  CHECK(endpoint_in({}) == "http://127.0.0.1:4566");
  CHECK(endpoint_in({{"PAPERSAIL_PORT", "4510"}}) == "http://127.0.0.1:4510");
  CHECK(endpoint_in({{"PAPERSAIL_HOST", "0.0.0.0"}}) == "http://127.0.0.1:4566");
  CHECK(endpoint_in({{"PAPERSAIL_HOST", "::"}}) == "http://[::1]:4566");
  CHECK(endpoint_in({{"PAPERSAIL_HOST", "fd00::1"}}) == "http://[fd00::1]:4566");
  CHECK(endpoint_in({{"GATEWAY_LISTEN", ":4510"}}) == "http://127.0.0.1:4510");
  CHECK(endpoint_in({{"PAPERSAIL_PORT", "0"}}) == "http://127.0.0.1:4566");
  const Ran ran = run({"status"}, {{"PAPERSAIL_PORT", "9"}});
  CHECK(ran.code == exit_unreachable);
  CHECK(ran.errors.find("127.0.0.1:9") != std::string::npos);
}

TEST_CASE("serve: writes nothing to disk with --data :memory:") {
  const Folder folder;
  CHECK(has_line(lines_of({"serve", "--port", "0", "--data", ":memory:"}, {}), "Ready."));
  CHECK(!std::ifstream(":memory:/lock").good());
}

}  // namespace papersail
