// The options of `papersail serve`, parsed.
#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

#include "server/serve.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

void parse(ServeFlags& flags, std::vector<std::string> arguments) {
  CLI::App serve;
  add_serve_flags(serve, flags);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 expects the reverse order
  serve.parse(std::move(arguments));
}

}  // namespace

TEST_CASE("ServeFlags: contains what the files of the options say") {
  const Folder folder;
  std::ofstream(folder / "slow.json") << R"({"delays": {"windows-password": 3}})";
  std::ofstream(folder / "quotas.json") << R"({"Instance": 7})";
  std::ofstream(folder / "keys.json") << R"({"A": {"secret": "s", "account": "111111111111"}})";
  ServeFlags flags;
  parse(flags, {"--lifecycle", folder / "slow.json", "--quotas", folder / "quotas.json",
                "--credentials", folder / "keys.json", "--auth", "strict", "--log-level", "off",
                "--log-format", "json", "--clock", "2026-01-01T00:00:00Z"});
  std::filesystem::remove(folder / "keys.json");  // nothing reads the files again
  REQUIRE(flags.lifecycle.has_value());
  CHECK(flags.lifecycle->delay("windows-password") == 3000);
  CHECK(flags.quotas == Quotas{{"Instance", 7}});
  CHECK(auth_of(flags.access).strict());
  CHECK(flags.access.credentials.at("A").account == "111111111111");
  CHECK(flags.log_level == LogLevel::off);
  CHECK(flags.log_format == LogFormat::json);
  CHECK(flags.clock.now() == 1767225600000);
}

TEST_CASE("ServeFlags: has the documented defaults") {
  ServeFlags flags;
  parse(flags, {});
  CHECK_FALSE(flags.lifecycle.has_value());
  CHECK(flags.clock.mode() == Clock::Mode::real);
  CHECK(flags.quotas.empty());
  CHECK_FALSE(auth_of(flags.access).strict());
  CHECK(flags.log_level == LogLevel::info);
  CHECK(flags.log_format == LogFormat::text);
}

TEST_CASE("ServeFlags: names the option of an invalid value") {
  ServeFlags flags;
  CHECK_THROWS_WITH_AS(parse(flags, {"--clock", "noon"}),
                       "--clock: invalid clock (use real, x60 or a UTC time): noon",
                       CLI::ValidationError);
}

}  // namespace papersail
