// `papersail serve` as a process: its output, its exit codes and its errors.
#include <doctest/doctest.h>

#include <csignal>
#include <fstream>

#include "cli/cli.hpp"
#include "server/version.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/process.hpp"
#include "tests/support/serving.hpp"
#include "text/json.hpp"

namespace papersail {
namespace {

// Checks the exit code, and that the only output is one line of error with the reason.
void check_error(const Ran& ran, const std::string& reason, int code = exit_usage) {
  CHECK(ran.code == code);
  CHECK(ran.output == "");
  CHECK(ran.errors.starts_with("papersail: "));
  CHECK(ran.errors.find(reason) != std::string::npos);
  CHECK(ran.errors.find('\n') == ran.errors.size() - 1);
}

}  // namespace

TEST_CASE("serve: answers, and exits with 0 on SIGTERM and SIGINT") {
  for (const int signal : {SIGTERM, SIGINT}) {
    Serving server;
    CHECK(server.call("GetRegions").at("regions").size() > 10);
    server.signal(signal);
    CHECK(server.wait() == 0);
    CHECK(server.errors() == "");
  }
}

TEST_CASE("serve: logs a line for each request") {
  Serving server({"--log-format", "json"});
  server.call("GetRegions");
  server.signal(SIGTERM);
  const json line = json::parse(server.line());
  CHECK(line.at("action") == "GetRegions");
  CHECK(line.at("status") == 200);
  CHECK(server.wait() == 0);
}

TEST_CASE("serve: continues when its standard output is closed") {
  Serving server;
  server.stop_listening();
  for (int i = 0; i < 3; ++i) server.call("GetRegions");
  server.signal(SIGTERM);
  CHECK(server.wait() == 0);
}

TEST_CASE("serve: keeps every answered change in --data when it is killed") {
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

TEST_CASE("serve: refuses a data folder that another server uses") {
  const Folder folder;
  const Serving first({"--data", folder.path()});
  const Ran second = run({"serve", "--port", "0", "--data", folder.path()});
  CHECK(second.code == 1);
  CHECK(second.errors == "papersail: " + folder.path() + " is in use by another papersail\n");
  first.call("GetInstances");
}

TEST_CASE("version: prints the version") {
  const Ran printed = run({"version"});
  CHECK(printed.code == 0);
  CHECK(printed.output == "papersail " + version_text() + "\n");
}

TEST_CASE("serve: prints one line when it cannot start") {
  const Serving first;
  check_error(run({"serve", "--port", first.port}),
              "cannot listen on 127.0.0.1 port " + first.port +
                  ": Address already in use, by papersail (process ",
              exit_failed);
  check_error(run({"serve", "--port", "0", "--host", "203.0.113.1"}),
              "Cannot assign requested address; --host must be an address of this machine",
              exit_failed);
  const Folder folder;
  std::ofstream(folder / "file") << "not a folder";
  check_error(run({"serve", "--port", "0", "--data", folder / "file"}), "Not a directory",
              exit_failed);
  check_error(run({"serve", "--port", "0", "--init-dir", folder / "none"}),
              "cannot read " + (folder / "none") + ": No such file or directory");
  check_error(run({"serve", "--port", "0", "--seed-file", folder / "none"}),
              "cannot read " + (folder / "none"));
  check_error(run({"serve", "--port", "0", "--host", "nohost.example"}),
              "nohost.example is not an IP address, such as 127.0.0.1");
  check_error(run({"serve", "--port", "0", "--clock", "noon"}),
              "invalid clock (use real, x60 or a UTC time): noon");
  check_error(
      run({"serve", "--port", "0", "--lifecycle", "none"}),
      "lifecycle: \"none\" is neither a profile nor a readable file. The profiles are fast, "
      "instant, realistic.");
  check_error(run({"serve", "--port", "0", "--lifecycle", folder / "file"}), "lifecycle: ");
  check_error(run({"serve", "--port", "0", "--log-level", "loud"}), "invalid log level \"loud\"");
  check_error(run({"serve", "--port", "0", "--log-format", "xml"}), "invalid log format \"xml\"");
}

TEST_CASE("serve: applies the quotas of --quotas") {
  const Folder folder;
  std::ofstream(folder / "quotas") << R"({"Instance": 0, "StaticIp": null})";
  const Serving server({"--quotas", folder / "quotas"});
  for (int i = 0; i < 6; ++i) {
    server.call("AllocateStaticIp", {{"staticIpName", "ip-" + std::to_string(i)}});
  }
  WireClient client(std::stoi(server.port));
  client.send(request_for("CreateInstances", new_instance().dump()));
  const auto response = client.response();
  REQUIRE(response.has_value());
  CHECK(response->status == 400);
  CHECK(response->body.find("maximum limit of Lightsail Instances : 0.") != std::string::npos);
}

TEST_CASE("serve: refuses an invalid file of --quotas") {
  const Folder folder;
  const auto refused = [&](const char* quotas, const std::string& reason) {
    std::ofstream(folder / "quotas") << quotas;
    check_error(run({"serve", "--port", "0", "--quotas", folder / "quotas"}), reason);
  };
  refused(R"({"Instances": 3})", "Unknown member \"Instances\". The quotas are AttachedDisk, ");
  refused(R"({"Instance": -1})",
          R"("Instance" must be a whole number of at least 0, or null for no limit.)");
  refused(R"({"Instance": "many"})", R"("Instance" must be a whole number)");
  refused("[3]", "The file is not a JSON object.");
  refused("Instance: 3", "The file is not valid JSON: parse error at line 1, column 1");
  check_error(run({"serve", "--port", "0", "--quotas", folder / "none"}),
              "quotas " + (folder / "none") + ": The file cannot be read.");
}

TEST_CASE("serve: refuses invalid options of access, TLS and ports") {
  const Folder folder;
  const auto refused = [](std::vector<std::string> flags, const std::string& reason,
                          int code = exit_usage) {
    flags.insert(flags.begin(), {"serve", "--port", "0"});
    check_error(run(flags), reason, code);
  };
  std::ofstream(folder / "keys.json") << R"({"KEY": {"secret": "hush"}})";
  refused({"--auth", "strict"}, "--auth strict needs --credentials FILE");
  refused({"--auth", "maybe"}, "invalid authentication mode \"maybe\" (off, lenient or strict)");
  refused({"--credentials", folder / "none"}, "none: The file cannot be read.");
  refused({"--credentials", folder / "keys.json"}, "keys.json: \"KEY.account\" is required.");
  refused({"--cors-origin", "localhost"}, "invalid origin \"localhost\"");
  refused({"--tls-cert", folder / "keys.json", "--tls-key", folder / "keys.json"},
          "keys.json is not a certificate in PEM");
  refused({"--tls-self-signed", "--tls-cert-out", folder / "none/cert.pem"},
          "cannot write the certificate to", exit_failed);
  const std::vector<std::vector<std::string>> odd = {
      {"serve", "--tls-cert", "x"},
      {"serve", "--tls-cert-out", "x"},
      {"serve", "--tls-cert", "x", "--tls-key", "x", "--tls-self-signed"},
      {"serve", "--max-connections", "0"},
      {"serve", "--control-port", "x"}};
  for (const auto& flags : odd) CHECK(run(flags).code > 0);
}

TEST_CASE("serve: prints the address of the control API and the certificate's fingerprint") {
  const Folder folder;
  Process server({"serve", "--port", "0", "--control-port", "0", "--tls-self-signed",
                  "--tls-cert-out", folder / "cert.pem"});
  CHECK(server.line().find(" listens on http://127.0.0.1:") != std::string::npos);
  CHECK(server.line().starts_with("Control API: http://127.0.0.1:"));
  CHECK(server.line().starts_with("TLS on the same port, certificate SHA-256 "));
  CHECK(server.line() == "Ready.");
  std::string begin;
  std::getline(std::ifstream(folder / "cert.pem") >> std::ws, begin);
  CHECK(begin == "-----BEGIN CERTIFICATE-----");
  server.signal(SIGTERM);
  CHECK(server.wait() == 0);
}

TEST_CASE("serve: warns when other machines have access without a secret") {
  const Folder folder;
  std::ofstream(folder / "keys.json") << R"({"KEY": {"secret": "s", "account": "123456789012"}})";
  const auto warnings = [](std::vector<std::string> flags) {
    flags.insert(flags.begin(), {"serve", "--port", "0"});
    Process server(flags);
    int out = 0;
    for (std::string line = server.line(); line != "Ready."; line = server.line()) {
      REQUIRE(line != "");
      out += line.find(" warning ") != std::string::npos ? 1 : 0;
    }
    return out;
  };
  const std::string keys = folder / "keys.json";
  CHECK(warnings({}) == 0);
  CHECK(warnings({"--host", "::1"}) == 0);
  CHECK(warnings({"--host", "0.0.0.0"}) == 2);
  CHECK(warnings({"--host", "0.0.0.0", "--control-token", "t"}) == 1);
  CHECK(warnings({"--host", "0.0.0.0", "--control-token", "t", "--auth", "strict", "--credentials",
                  keys}) == 0);
}

}  // namespace papersail
