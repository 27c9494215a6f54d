// Exports, applied as seeds to another server, must give the same state.
#include <fstream>

#include "server/observers/observers.hpp"
#include "server/seeds.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/recorded.hpp"

namespace papersail {
namespace {

const std::string own = "/_papersail/accounts/000000000000";
const std::string copy = "222222222222";

// Applies the lines as seeds.
void seed(Emulator& emulator, const std::string& lines) {
  const Folder folder;
  std::ofstream(folder / "lines.jsonl") << lines;
  Dispatch dispatch(emulator.accounts(), true);
  Seeds seeds({folder / "lines.jsonl"}, emulator.accounts(), dispatch);
  while (seeds.apply_some()) {
  }
}

// Returns what clients see of an account.
json seen(Emulator& emulator, const std::string& account = "test") {
  emulator.act_as(account);
  json out;
  for (const char* action : {"GetInstances", "GetOperations", "GetDisks", "GetKeyPairs",
                             "GetRelationalDatabases", "GetStaticIps"}) {
    out[action] = emulator.call(action);
  }
  if (out["GetInstances"]["instances"].size() > 0) {
    out["snapshots"] = emulator.call("GetAutoSnapshots", {{"resourceName", "web"}});
  }
  const std::string id = account == "test" ? "000000000000" : account;
  out["clock"] = emulator.control("GET", "/_papersail/accounts/" + id + "/clock");
  out["lifecycle"] = emulator.control("GET", "/_papersail/accounts/" + id + "/lifecycle");
  emulator.act_as("test");
  return out;
}

void advance(Emulator& emulator, double seconds, const std::string& account = own) {
  emulator.control("POST", account + "/clock/advance", {{"seconds", seconds}});
}

void launch_with_snapshots(Recorded& emulator) {
  emulator.launch("web", {{"addOns", {{{"addOnType", "AutoSnapshot"}}}}});
}

// Clock, lifecycle, automatic snapshots, drift, a checkpoint and a fork.
void run_session(Recorded& session) {
  launch_with_snapshots(session);
  advance(session, 3 * 86'400);
  session.control("PUT", own + "/lifecycle", {{"profile", "instant"}});
  session.control("PUT", own + "/checkpoints/base");
  session.call("AllocateStaticIp", {{"staticIpName", "lost"}});
  session.control("POST", own + "/checkpoints/base/restore");
  session.call("AllocateStaticIp", {{"staticIpName", "front"}});
  session.call("AttachStaticIp", {{"staticIpName", "front"}, {"instanceName", "web"}});
  session.control("PATCH", own + "/resources/us-east-1/web", {{"bundleId", "micro_3_0"}});
  session.control("POST", own + "/fork", {{"to", copy}});
  advance(session, 86'400);
  session.act_as(copy);
  session.call("StopInstance", {{"instanceName", "web"}});
  session.act_as("test");
  session.control("PUT", own + "/clock", {{"mode", "manual"}, {"now", "2026-02-01T00:00:00Z"}});
}

}  // namespace

TEST_CASE("export: gives the same state when it is applied to another server") {
  Recorded session;
  run_session(session);
  Recorded again;
  seed(again, session.exported());
  CHECK(seen(again) == seen(session));
  CHECK(seen(again, copy) == seen(session, copy));
  const json checkpoints = session.control("GET", own + "/checkpoints");
  CHECK(again.control("GET", own + "/checkpoints") == checkpoints);
  Recorded only_copy;
  seed(only_copy, session.exported("?account=" + copy));
  CHECK(seen(only_copy, copy) == seen(session, copy));
}

TEST_CASE("export: gives the same state after an uploaded checkpoint") {
  Recorded first;
  launch_with_snapshots(first);
  first.control("PUT", own + "/checkpoints/base");
  const std::string file = first.control("GET", own + "/checkpoints/base");
  Recorded second;
  Dispatch dispatch(second.accounts(), true);
  Control control{second.accounts(), dispatch};
  CHECK(control_response(control, "PUT", own + "/checkpoints/moved", file)->status == 201);
  control_response(control, "POST", own + "/checkpoints/moved/restore", "");
  Recorded third;
  seed(third, control_response(control, "GET", "/_papersail/requests/export", "")->body);
  CHECK(seen(third) == seen(first));
}

TEST_CASE("export: gives the same state when the account is older than the server") {
  const Folder folder;
  json before;
  {
    Recorded first("realistic", folder.path());
    launch_with_snapshots(first);
    advance(first, 86'400);
    before = seen(first);
  }
  Recorded second("realistic", folder.path());
  Dispatch dispatch(second.accounts(), true);
  Control control{second.accounts(), dispatch};
  dispatch.observers().recorder.exports().mark_lost("000000000000");
  Recorded third;
  seed(third, control_response(control, "GET", "/_papersail/requests/export", "")->body);
  CHECK(seen(third) == before);
  CHECK(third.control("GET", own + "/checkpoints").at("checkpoints").empty());
}

TEST_CASE("export: gives the same state after calls with operation faults") {
  Recorded session("instant");
  session.launch("web");
  session.control("POST", own + "/faults",
                  {{"action", "StopInstance"}, {"operation", json::object()}});
  session.call("StopInstance", {{"instanceName", "web"}});
  Recorded again("instant");
  seed(again, session.exported());
  CHECK(seen(again) == seen(session));
  CHECK(again.call("StopInstance", {{"instanceName", "web"}})["operations"][0]["status"] !=
        "Failed");
}

TEST_CASE("Seeds: applies lines that replace the account once, however often the server starts") {
  const Folder data;
  Recorded session("instant");
  run_session(session);
  const std::string lines = session.exported();
  json first;
  {
    Recorded again("instant", data.path());
    seed(again, lines);
    first = seen(again);
    seed(again, lines);
    CHECK(seen(again) == first);
  }
  Recorded later("instant", data.path());
  seed(later, lines);
  CHECK(seen(later) == first);
}

TEST_CASE("Seeds: names the line of a refused request") {
  Emulator emulator;
  const auto refusal = [&](const std::string& line) {
    try {
      seed(emulator, line);
    } catch (const std::runtime_error& error) {
      const std::string text = error.what();
      return text.substr(text.find(".jsonl") + 6);
    }
    return std::string();
  };
  CHECK(refusal(R"({"action":"POST /checkpoints/none/restore"})") ==
        ":1: POST /checkpoints/none/restore: There is no checkpoint \"none\".");
  CHECK(refusal(R"({"action":"PUT /nowhere"})").starts_with(":1: PUT /nowhere: Unknown path"));
}

}  // namespace papersail
