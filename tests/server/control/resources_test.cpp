#include "tests/support/emulator.hpp"
#include "tests/support/folder.hpp"

namespace papersail {
namespace {

const std::string own = "/_papersail/accounts/000000000000";
const std::string all = own + "/resources";
const std::string web = all + "/us-east-1/web";

void create(Emulator& emulator, const std::string& name) {
  emulator.call("CreateInstances", {{"instanceNames", {name}},
                                    {"availabilityZone", "us-east-1a"},
                                    {"blueprintId", "ubuntu_24_04"},
                                    {"bundleId", "nano_3_0"}});
}

json document(Emulator& emulator) {
  return emulator.call("GetInstance", {{"instanceName", "web"}}).at("instance");
}

std::string refusal(Emulator& emulator, const json& patch) {
  const auto [status, message] = emulator.control_refused("PATCH", web, patch.dump());
  CHECK(status == 400);
  return message;
}

}  // namespace

TEST_CASE_FIXTURE(Emulator,
                  "GET resource: returns the document and the time of the next transition") {
  create(*this, "web");
  const json shown = control("GET", web);
  CHECK(shown.at("type") == "Instance");
  CHECK(shown.at("region") == "us-east-1");
  CHECK(shown.at("name") == "web");
  CHECK(shown.at("status") == "pending");
  CHECK(shown.at("dueAt") == "2026-01-01T00:00:17.900Z");
  CHECK(shown.at("document").at("arn") == document(*this).at("arn"));
  advance(17'900);  // without a call in between
  CHECK(control("GET", web).at("status") == "running");
  CHECK(control("GET", web).at("dueAt").is_null());
  for (const char* path : {"/us-east-1/other", "/eu-west-1/web"}) {
    CHECK(control_refused("GET", all + path).first == 404);
  }
  CHECK(control_refused("GET", all + "/us-east-1/other").second ==
        "There is no resource \"other\" in us-east-1.");
}

TEST_CASE_FIXTURE(Emulator, "GET resources: lists the newest first, filtered by region and type") {
  create(*this, "web");
  call("CreateKeyPair", {{"keyPairName", "key"}});
  act_as("test", "eu-west-1");
  call("CreateKeyPair", {{"keyPairName", "key"}});
  const auto labels = [&](const std::string& query) {
    std::string out;
    const json list = control("GET", all + query);
    for (const json& each : list.at("resources")) {
      if (each.at("name") == "LightsailDefaultKeyPair") continue;
      out += each.at("region").get<std::string>() + '/' + each.at("name").get<std::string>() + ' ';
      CHECK_FALSE(each.contains("document"));
    }
    return out;
  };
  CHECK(labels("") == "eu-west-1/key us-east-1/key us-east-1/web ");
  CHECK(labels("?type=KeyPair") == "eu-west-1/key us-east-1/key ");
  CHECK(labels("?region=us-east-1&type=KeyPair") == "us-east-1/key ");
  CHECK(labels("?region=us-west-2") == "");
  CHECK(control_refused("GET", all + "?name=web").second == "Unknown query parameter \"name\".");
}

TEST_CASE_FIXTURE(Emulator, "GET resources: returns pages") {
  for (int i = 0; i < page_size + 50; ++i) {
    Resource disk{0, "us-east-1", "Disk", "disk-" + std::to_string(i), {}, json::object()};
    disk.doc = {{"name", disk.name}, {"state", "available"}};
    account().store.create(disk, now());
  }
  account().store.commit();
  const json first = control("GET", all);
  CHECK(first.at("resources").size() == page_size);
  const std::string token = first.at("nextPageToken");
  const json second = control("GET", all + "?pageToken=" + token);
  CHECK(second.at("resources").size() == 50);
  CHECK(second.at("resources").at(49).at("name") == "disk-0");
  CHECK_FALSE(second.contains("nextPageToken"));
  CHECK(control_refused("GET", all + "?pageToken=1").first == 400);
  CHECK(control_refused("GET", all + "?type=Disk&pageToken=" + token).first == 400);
  act_as("111111111111");
  call("GetActiveNames");
  const std::string other = "/_papersail/accounts/111111111111/resources?pageToken=";
  CHECK(control_refused("GET", other + token).first == 400);
}

TEST_CASE_FIXTURE(Emulator, "PATCH resource: changes the document without an operation") {
  create(*this, "web");
  const json before = control("GET", web).at("document");
  const auto operations = call("GetOperations").at("operations").size();
  const json response = control("PATCH", web,
                                {{"bundleId", "micro_3_0"},
                                 {"hardware", {{"ramSizeInGb", 1.5}}},
                                 {"ipAddressType", nullptr}});
  json expected = before;
  expected["bundleId"] = "micro_3_0";
  expected["hardware"]["ramSizeInGb"] = 1.5;
  expected.erase("ipAddressType");
  CHECK(response.at("document") == expected);
  CHECK(document(*this).at("bundleId") == "micro_3_0");
  CHECK(document(*this).at("hardware").at("ramSizeInGb") == 1.5);
  CHECK(call("GetOperations").at("operations").size() == operations);
  CHECK(response.at("dueAt") == "2026-01-01T00:00:17.900Z");  // kept: the state is unchanged
}

TEST_CASE_FIXTURE(Emulator, "PATCH resource: schedules the transition of a new state") {
  create(*this, "web");
  advance(seconds(60));
  const json stopping = control("PATCH", web, {{"state", {{"name", "stopping"}, {"code", 64}}}});
  CHECK(stopping.at("status") == "stopping");
  CHECK(stopping.at("dueAt") == "2026-01-01T00:01:30Z");
  advance(seconds(30));
  CHECK(document(*this).at("state").at("name") == "stopped");
  const json running = control("PATCH", web, {{"state", {{"name", "running"}, {"code", 16}}}});
  CHECK(running.at("dueAt").is_null());
}

TEST_CASE_FIXTURE(Emulator, "PATCH resource: refuses a document that does not match its shape") {
  create(*this, "web");
  const json before = document(*this);
  CHECK(refusal(*this, {{"bundleId", 7}}) ==
        "The document would not be a valid Instance: Value '7' at 'bundleId' failed to satisfy "
        "constraint: Member must be a string.");
  CHECK(refusal(*this, {{"bundle", "nano"}}).find("unknown member 'bundle'") != std::string::npos);
  CHECK(refusal(*this, {{"hardware", {{"cpuCount", "two"}}}}).find("'hardware.cpuCount'") !=
        std::string::npos);
  CHECK(refusal(*this, {{"state", nullptr}}) == "\"state/name\" must be a string.");
  CHECK(refusal(*this, {{"state", {{"name", 7}}}}) == "\"state/name\" must be a string.");
  CHECK(refusal(*this, {{"state", "stopped"}}) == "\"state/name\" must be a string.");
  CHECK(refusal(*this, json::array()) == "The body must be a JSON object.");
  CHECK(control_refused("PATCH", web).second == "The body must be a JSON object.");
  CHECK(document(*this) == before);
}

TEST_CASE_FIXTURE(Emulator, "PATCH resource: refuses to change the resource's identity") {
  create(*this, "web");
  const std::string fixed = " identifies the resource and cannot be changed.";
  CHECK(refusal(*this, {{"name", "other"}}) == "\"name\"" + fixed);
  CHECK(refusal(*this, {{"name", nullptr}}) == "\"name\"" + fixed);
  CHECK(refusal(*this, {{"resourceType", "Disk"}}) == "\"resourceType\"" + fixed);
  CHECK(refusal(*this, {{"location", {{"regionName", "eu-west-1"}}}}) ==
        "\"location.regionName\"" + fixed);
  CHECK(refusal(*this, {{"location", "here"}}) == "\"location.regionName\"" + fixed);
  CHECK_NOTHROW(control("PATCH", web, {{"name", "web"}, {"username", "root"}}));
  Resource service{0, "us-east-1", "ContainerService", "app", {}, json::object()};
  service.doc = {{"containerServiceName", "app"}, {"state", "READY"}};
  account().store.create(service, now());
  account().store.commit();
  CHECK(
      control_refused("PATCH", all + "/us-east-1/app", R"({"containerServiceName": "b"})").second ==
      "\"containerServiceName\"" + fixed);
}

TEST_CASE_FIXTURE(Emulator, "PATCH resource: accepts types that no action returns") {
  Resource thing{0, "us-east-1", "Thing", "a", {}, json::object()};
  thing.doc = {{"name", "a"}};
  account().store.create(thing, now());
  account().store.commit();
  CHECK(control("PATCH", all + "/us-east-1/a", {{"size", 7}}).at("document") ==
        json({{"name", "a"}, {"size", 7}}));
}

TEST_CASE_FIXTURE(Emulator, "DELETE resource: removes it without an operation") {
  create(*this, "web");
  const auto operations = call("GetOperations").at("operations").size();
  CHECK(control("DELETE", web) == json({{"status", "ok"}}));
  CHECK(refused("GetInstance", {{"instanceName", "web"}}).type == "NotFoundException");
  CHECK(call("GetOperations").at("operations").size() == operations);
  CHECK(control_refused("DELETE", web).first == 404);
  CHECK(control_refused("PATCH", web, "{}").first == 404);
  create(*this, "web");  // the name is free again
}

TEST_CASE("PATCH and DELETE resource: persist over a restart") {
  const Folder folder;
  {
    Emulator emulator("realistic", folder.path());
    create(emulator, "web");
    create(emulator, "gone");
    emulator.control("PATCH", web, {{"bundleId", "micro_3_0"}});
    emulator.control("DELETE", all + "/us-east-1/gone");
  }
  Emulator emulator("realistic", folder.path());
  CHECK(document(emulator).at("bundleId") == "micro_3_0");
  CHECK(emulator.call("GetInstances").at("instances").size() == 1);
}

}  // namespace papersail
