#include "cli/doctor.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <map>

#include "server/version.hpp"
#include "tests/support/command_server.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

using Variables = std::map<std::string, std::string>;

const Variables good = {{"AWS_ENDPOINT_URL", "http://localhost:4566"},
                        {"AWS_ACCESS_KEY_ID", "test"},
                        {"AWS_SECRET_ACCESS_KEY", "test"},
                        {"AWS_REGION", "eu-west-1"}};

// Returns the findings that are not good. `more` replaces or extends the variables in `good`.
Findings problems(const Variables& more) {
  Variables variables = more;
  variables.insert(good.begin(), good.end());
  Findings out = check_environment("http://127.0.0.1:4566", [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
  std::erase_if(out, [](const Finding& one) { return one.level == Finding::good; });
  return out;
}

void check_problem(const Variables& more, Finding::Level level, const std::string& text) {
  const Findings found = problems(more);
  REQUIRE(found.size() == 1);
  CHECK(found[0].level == level);
  CHECK(found[0].text == text);
  CHECK(found[0].advice != "");
}

}  // namespace

TEST_CASE("doctor: accepts an environment that points at the server") {
  CHECK(problems({}).empty());
  CHECK(problems({{"http_proxy", "http://proxy:3128"}, {"no_proxy", "a,127.0.0.1"}}).empty());
}

TEST_CASE("doctor: reports an environment that points elsewhere or is incomplete") {
  check_problem({{"AWS_ENDPOINT_URL", ""}}, Finding::hint, "AWS_ENDPOINT_URL_LIGHTSAIL is not set");
  check_problem({{"AWS_ENDPOINT_URL_LIGHTSAIL", "http://127.0.0.1:5000"}}, Finding::bad,
                "AWS_ENDPOINT_URL_LIGHTSAIL is http://127.0.0.1:5000, not http://127.0.0.1:4566");
  check_problem({{"AWS_ENDPOINT_URL", "what?"}}, Finding::bad,
                "AWS_ENDPOINT_URL is what?, not http://127.0.0.1:4566");
  check_problem({{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}}, Finding::bad,
                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS makes clients ignore AWS_ENDPOINT_URL");
  check_problem({{"AWS_SECRET_ACCESS_KEY", ""}}, Finding::hint,
                "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set");
  check_problem({{"AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"}}, Finding::hint,
                "AWS_ACCESS_KEY_ID looks like a key of AWS");
  check_problem({{"AWS_REGION", ""}}, Finding::hint, "AWS_REGION is not set");
  check_problem({{"HTTP_PROXY", "http://proxy:3128"}}, Finding::bad,
                "HTTP_PROXY sends requests to the proxy http://proxy:3128");
}

TEST_CASE("holder_of: returns the program that listens on a port") {
  const FakeServer server({""});
  const auto holder = holder_of(server.port());
  REQUIRE(holder.has_value());
  CHECK(holder->program == "papersail_tests (process " + std::to_string(::getpid()) + ")");
  CHECK(holder->loopback);
  CHECK_FALSE(holder_of(1));
}

TEST_CASE("check_folder: accepts a writable folder and reports others") {
  const Folder folder;
  CHECK(check_folder(folder.path()).level == Finding::good);
  CHECK(check_folder(folder / "none").text == (folder / "none") + " is not a folder");
  if (::geteuid() != 0) CHECK(check_folder("/").level == Finding::bad);
}

TEST_CASE("doctor: distinguishes a missing server, another program and papersail") {
  const auto lines = [](const Ran& ran) { return json::parse(ran.output).at("findings"); };
  std::string url;
  {
    const FakeServer stranger({response("<html>")});
    url = stranger.url();
    const Ran ran = run({"--endpoint", url, "doctor", "--json"});
    CHECK(ran.code == exit_failed);
    CHECK(has(lines(ran)[0].at("found"), "is not papersail but papersail_tests (process "));
  }
  const Ran unreachable = run({"--endpoint", url, "doctor", "--json"});
  CHECK(unreachable.code == exit_unreachable);
  CHECK(lines(unreachable)[0].at("result") == "bad");
  const CommandServer server;
  const Ran healthy = server.ask({"doctor"});
  CHECK(has(healthy.output, "ok    server: papersail answers at http://127.0.0.1:" + server.port));
  CHECK(has(healthy.output, "ok    version: server and command are " + std::string(version)));
  CHECK(has(server.ask({"doctor", "--data", "/no/such"}).output, "bad   data: /no/such is not"));
}

TEST_CASE("doctor: makes a call with the credentials of the environment") {
  const Folder folder;
  std::ofstream(folder / "keys") << R"({"KEY": {"secret": "hush", "account": "111111111111"}})";
  const CommandServer server(
      {"--auth", "strict", "--credentials", folder / "keys", "--log-level", "off"});
  const auto with_secret = [&](const std::string& secret) {
    return run({"--endpoint", "http://127.0.0.1:" + server.port, "doctor"},
               {{"AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.port},
                {"AWS_ACCESS_KEY_ID", "KEY"},
                {"AWS_SECRET_ACCESS_KEY", secret},
                {"AWS_REGION", "us-east-1"}});
  };
  CHECK(has(with_secret("hush").output,
            "ok    call: the server accepts a call with the access "
            "key KEY in us-east-1"));
  const Ran refused = with_secret("guess");
  CHECK(refused.code == exit_failed);
  CHECK(has(refused.output, "bad   call: the server refuses a call with the access key KEY"));
  CHECK(has(refused.output, "InvalidSignatureException"));
}

TEST_CASE("doctor: names an account whose file cannot be opened") {
  const Folder folder;
  std::ofstream(folder / "111111111111.sqlite")
      << "no database, but more than a hundred bytes" << std::string(200, 'x');
  const CommandServer server({"--data", folder.path(), "--log-level", "off"});
  server.call("CreateKeyPair", {{"keyPairName", "deploy"}});
  const Ran ran = server.ask({"doctor"});
  CHECK(ran.code == exit_failed);
  CHECK(has(ran.output, "bad   accounts: the server cannot open 111111111111 ("));
  CHECK(has(ran.output, "ok    data: " + folder.path() + " is writable"));
  const Findings offline = check_data(folder.path());
  REQUIRE(offline.size() == 3);
  CHECK(has(offline[1].text, "111111111111.sqlite cannot be opened: "));
  CHECK(offline[2].text == "1 account can be opened");
}

}  // namespace papersail
