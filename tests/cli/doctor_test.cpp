#include "cli/doctor.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "tests/support/fake_server.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

using Variables = std::map<std::string, std::string>;

const Variables good = {{"AWS_ENDPOINT_URL", "http://localhost:4566"},
                        {"AWS_ACCESS_KEY_ID", "test"},
                        {"AWS_SECRET_ACCESS_KEY", "test"},
                        {"AWS_REGION", "eu-west-1"}};

// What is found to be not good, with these variables beside the good ones.
Findings troubles(const Variables& more) {
  Variables variables = more;
  variables.insert(good.begin(), good.end());
  Findings out = check_environment("http://127.0.0.1:4566", [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
  std::erase_if(out, [](const Finding& one) { return one.level == Finding::good; });
  return out;
}

void check_trouble(const Variables& more, Finding::Level level, const std::string& text) {
  const Findings found = troubles(more);
  REQUIRE(found.size() == 1);
  CHECK(found[0].level == level);
  CHECK(found[0].text == text);
  CHECK(found[0].advice != "");
}

}  // namespace

TEST_CASE("doctor: an environment that points here is well") {
  CHECK(troubles({}).empty());
  CHECK(troubles({{"http_proxy", "http://proxy:3128"}, {"no_proxy", "a,127.0.0.1"}}).empty());
}

TEST_CASE("doctor: an environment that points elsewhere, or nowhere") {
  check_trouble({{"AWS_ENDPOINT_URL", ""}}, Finding::hint,
                "AWS_ENDPOINT_URL_LIGHTSAIL is not set here");
  check_trouble({{"AWS_ENDPOINT_URL_LIGHTSAIL", "http://127.0.0.1:5000"}}, Finding::bad,
                "AWS_ENDPOINT_URL_LIGHTSAIL is http://127.0.0.1:5000, not http://127.0.0.1:4566");
  check_trouble({{"AWS_ENDPOINT_URL", "what?"}}, Finding::bad,
                "AWS_ENDPOINT_URL is what?, not http://127.0.0.1:4566");
  check_trouble({{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"}}, Finding::bad,
                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS keeps clients from reading AWS_ENDPOINT_URL");
  check_trouble({{"AWS_SECRET_ACCESS_KEY", ""}}, Finding::hint,
                "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set here");
  check_trouble({{"AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"}}, Finding::hint,
                "AWS_ACCESS_KEY_ID looks like a real one");
  check_trouble({{"AWS_REGION", ""}}, Finding::hint, "AWS_REGION is not set here");
  check_trouble({{"HTTP_PROXY", "http://proxy:3128"}}, Finding::bad,
                "HTTP_PROXY sends clients to http://proxy:3128");
}

TEST_CASE("doctor: it knows who listens on a port") {
  const FakeServer server({""});
  const auto holder = holder_of(server.port());
  REQUIRE(holder.has_value());
  CHECK(holder->program == "papersail_tests (process " + std::to_string(::getpid()) + ")");
  CHECK(holder->loopback);
  CHECK_FALSE(holder_of(1));
}

TEST_CASE("doctor: a folder for accounts") {
  const Folder folder;
  CHECK(check_folder(folder.path()).level == Finding::good);
  CHECK(check_folder(folder / "none").text == (folder / "none") + " is not a folder");
  if (::geteuid() != 0) CHECK(check_folder("/").level == Finding::bad);
}

}  // namespace papersail
