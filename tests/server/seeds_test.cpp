#include "server/seeds.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/captured_log.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/serving.hpp"

namespace papersail {
namespace {

constexpr const char* web =
    R"({"action":"CreateInstances","input":{"instanceNames":["web"],"availabilityZone":"us-east-1a","blueprintId":"ubuntu_24_04","bundleId":"nano_3_0"}})";
constexpr const char* reboot = R"({"action":"RebootInstance","input":{"instanceName":"web"}})";

// Accounts and a dispatch, as `serve` creates them.
struct Seeded {
  explicit Seeded(const std::string& data = "")
      : accounts({data, Lifecycle::load("instant"), Clock::real(), 1}), dispatch(accounts, true) {}

  void apply(const std::vector<std::string>& files) {
    Seeds seeds(files, accounts, dispatch);
    while (seeds.apply_some()) {
    }
  }

  json call(const std::string& action, const std::string& account = "000000000000",
            const std::string& region = "us-east-1") {
    const Scope scope{account, region};
    const std::string target = "Lightsail_20161128." + action;
    Request request{};
    request.target = target;
    request.scope = &scope;
    request.body = "{}";
    const Response response = dispatch.respond(request);
    REQUIRE(response.status == 200);
    return json::parse(response.body);
  }

  Accounts accounts;
  Dispatch dispatch;
};

struct SeedFile : Folder {
  std::string path = *this / "seeds.jsonl";
  void write(const std::vector<std::string>& lines) const {
    std::ofstream file(path);
    for (const std::string& line : lines) file << line << '\n';
  }
};

std::string refusal(Seeded& seeded, const SeedFile& file) {
  try {
    seeded.apply({file.path});
  } catch (const std::runtime_error& error) {
    return std::string(error.what()).substr(file.path.size());
  }
  return "";
}

}  // namespace

TEST_CASE("seed_call: parses a line with and without its optional members") {
  const auto call = seed_call(R"( {"action":"GetRegions"} )");
  REQUIRE(call.has_value());
  CHECK(call->scope.account == "000000000000");
  CHECK(call->scope.region == "us-east-1");
  CHECK(call->action == "GetRegions");
  CHECK(call->input == "{}");
  const auto other = seed_call(
      R"({"account":"111111111111","region":"eu-west-1","action":"GetDisk","input":{"diskName":"a"}})");
  REQUIRE(other.has_value());
  CHECK(other->scope.account == "111111111111");
  CHECK(other->scope.region == "eu-west-1");
  CHECK(other->input == R"({"diskName":"a"})");
  for (const char* blank : {"", "  \t\r", "# one", "  // two"}) CHECK_FALSE(seed_call(blank));
}

TEST_CASE("seed_call: reports what is wrong with a line") {
  const auto wrong = [](const std::string& line) {
    try {
      seed_call(line);
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(wrong("{") == "The line is not valid JSON.");
  CHECK(wrong("{\"action\":\"\xff\"}") == "The line is not valid JSON.");
  CHECK(wrong("[]") == "The line is not a JSON object.");
  CHECK(wrong(R"({"input":{}})") == "\"action\" is required.");
  CHECK(wrong(R"({"action":1})") == "\"action\" must be a string.");
  CHECK(wrong(R"({"action":"GetDisk","account":"1"})") == "\"account\" must be twelve digits.");
  CHECK(wrong(R"({"action":"GetDisk","imput":{}})") ==
        "Unknown member \"imput\". A line has account, region, action and input.");
  CHECK(wrong(std::string(100'000, '[')) == "The line is nested too deeply.");
}

TEST_CASE("seed_files: returns the folder's files by name, then the named files") {
  const Folder folder;
  for (const char* name : {"20-b.jsonl", "10-a.jsonl", "notes.txt"}) {
    std::ofstream(folder / name) << "#\n";
  }
  const auto files = seed_files(folder.path(), {"z.jsonl", "a.jsonl"});
  CHECK(files == std::vector<std::string>{folder / "10-a.jsonl", folder / "20-b.jsonl", "z.jsonl",
                                          "a.jsonl"});
  CHECK_THROWS_AS(seed_files(folder / "none", {}), std::invalid_argument);
  CHECK_THROWS_WITH(SeedLines({folder / "none"}), ("cannot read " + (folder / "none")).c_str());
  CHECK_THROWS_WITH(SeedLines({folder.path()}), ("cannot read " + folder.path()).c_str());
}

TEST_CASE("SeedLines: reads the files in order and returns each line's place") {
  const Folder folder;
  std::ofstream(folder / "a") << "\xEF\xBB\xBF# a byte order mark\r\n"
                              << R"({"action":"GetRegions"})"
                              << "\r\n\n";
  std::ofstream(folder / "empty") << "";
  std::ofstream(folder / "b") << R"({"action":"GetDisks"})";
  SeedLines lines({folder / "a", folder / "empty", folder / "b"});
  CHECK(lines.next()->action == "GetRegions");
  CHECK(lines.place() == folder / "a:2");
  CHECK(lines.next()->action == "GetDisks");
  CHECK(lines.place() == folder / "b:1");
  CHECK_FALSE(lines.next());
  CHECK_FALSE(lines.next());
}

TEST_CASE("Seeds: applies each call in its account and region, with slow work") {
  const SeedFile file;
  file.write({"# initial resources", web,
              R"({"account":"111111111111","region":"eu-west-1","action":"CreateKeyPair",)"
              R"("input":{"keyPairName":"key-1"}})"});
  Seeded seeded;
  seeded.apply({file.path});
  CHECK(seeded.call("GetInstances").at("instances").size() == 1);
  CHECK(seeded.call("GetKeyPairs", "111111111111", "eu-west-1").at("keyPairs").size() == 1);
  CHECK(seeded.call("GetInstances", "111111111111").at("instances").empty());
}

TEST_CASE("Seeds: warns of members that the action does not have") {
  const SeedFile file;
  file.write({R"({"action":"CreateKeyPair","input":{"keyPairName":"deploy","keyPairNme":"b"}})"});
  const CapturedLog log;
  Seeded seeded;
  seeded.apply({file.path});
  CHECK(log.text().find("seeds.jsonl:1: CreateKeyPair has no member \"keyPairNme\"") !=
        std::string::npos);
}

TEST_CASE("Seeds: names the line of a refused call and keeps the calls before it") {
  const SeedFile file;
  Seeded seeded;
  file.write({web, "", web, R"({"action":"GetRegions"})"});
  CHECK(refusal(seeded, file) ==
        ":3: CreateInstances: InvalidInputException: Some names are already in use: web");
  CHECK(seeded.call("GetInstances").at("instances").size() == 1);
  file.write({R"({"action":"FlyAway"})"});
  CHECK(refusal(seeded, file).starts_with(":1: FlyAway: UnknownOperationException"));
  file.write({"#", "{"});
  CHECK(refusal(seeded, file) == ":2: The line is not valid JSON.");
}

TEST_CASE("Seeds: applies a line to an account once, however often the server starts") {
  const Folder data;
  const SeedFile file;
  const auto operations = [&] {
    Seeded seeded(data.path());
    seeded.apply({file.path});
    return seeded.call("GetOperations").at("operations").size();
  };
  file.write({web, reboot, reboot});
  const auto first = operations();
  CHECK(operations() == first);
  file.write({"# other whitespace and one more line",
              R"({ "action": "RebootInstance", "input": )"
              R"({ "instanceName": "web" } })",
              web, reboot, reboot});
  CHECK(operations() == first + 1);
  CHECK(operations() == first + 1);
}

TEST_CASE("Seeds: waits until the account has applied the transitions that are due") {
  const SeedFile file;
  file.write({R"({"action":"CreateInstances","input":{"instanceNames":["web","app","db"],)"
              R"("availabilityZone":"us-east-1a","blueprintId":"ubuntu_24_04",)"
              R"("bundleId":"nano_3_0"}})",
              reboot});
  Seeded seeded;
  seeded.accounts["000000000000"].most_transitions = 1;
  CHECK(refusal(seeded, file) == "");
  CHECK(seeded.call("GetOperations").at("operations").size() == 4);
}

TEST_CASE("Seeds: continues after the applied lines when a bad line is fixed") {
  const Folder data;
  const SeedFile file;
  file.write({web, R"({"action":"RebootInstance","input":{"instanceName":"wep"}})"});
  {
    Seeded seeded(data.path());
    CHECK(refusal(seeded, file).starts_with(":2: RebootInstance: NotFoundException"));
  }
  file.write({web, reboot});
  Seeded seeded(data.path());
  CHECK(refusal(seeded, file) == "");
  CHECK(seeded.call("GetInstances").at("instances").size() == 1);
}

TEST_CASE("serve: applies the folder's seeds first and is ready after all seeds") {
  const Folder folder;
  std::ofstream(folder / "base.jsonl") << web << '\n';
  std::ofstream(folder / "more") << reboot << '\n';
  const Serving server({"--init-dir", folder.path(), "--seed-file", folder / "more", "--lifecycle",
                        "instant", "--log-level", "off"});
  CHECK(server.call("GetInstances").at("instances").size() == 1);
}

TEST_CASE("serve: applies seeds without a signature in strict mode") {
  const Folder folder;
  std::ofstream(folder / "seeds") << web << '\n';
  std::ofstream(folder / "keys") << R"({"KEY": {"secret": "s", "account": "000000000000"}})";
  const Serving server({"--seed-file", folder / "seeds", "--auth", "strict", "--credentials",
                        folder / "keys", "--log-level", "off"});
  WireClient client(std::stoi(server.port));
  client.send(request_for("GetInstances"));
  CHECK(client.response()->status == 400);
}

TEST_CASE("serve: exits with code 1 and names the line when a seed is refused") {
  const SeedFile file;
  file.write({reboot});
  const Ran ran = run({"serve", "--port", "0", "--log-level", "off", "--seed-file", file.path});
  CHECK(ran.code == 1);
  CHECK(ran.output.find("Ready.") == std::string::npos);
  CHECK(ran.errors == "papersail: " + file.path +
                          ":1: RebootInstance: NotFoundException: The Instance does not exist: "
                          "web\n");
  const Ran unreadable = run({"serve", "--port", "0", "--seed-file", "/no/such"});
  CHECK(unreadable.code == 2);
  CHECK(unreadable.errors == "papersail: cannot read /no/such (papersail serve --help)\n");
}

}  // namespace papersail
