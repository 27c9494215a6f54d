#include "tests/emulator.hpp"

namespace papersail {
namespace {

struct Tagged : Emulator {
  Tagged() {
    call("CreateInstances", {{"instanceNames", json::array({"web"})},
                             {"availabilityZone", "us-east-1a"},
                             {"blueprintId", "ubuntu_24_04"},
                             {"bundleId", "nano_3_0"}});
  }
  json tags() { return call("GetInstance", {{"instanceName", "web"}})["instance"]["tags"]; }
  json tag(const char* list) {
    return call("TagResource", {{"resourceName", "web"}, {"tags", json::parse(list)}});
  }
  Refused refused_tags(const json& list) {
    return refused("TagResource", {{"resourceName", "web"}, {"tags", list}});
  }
};

json tags_numbered(int from, int to) {
  json out = json::array();
  for (int i = from; i < to; ++i) out.push_back({{"key", "k" + std::to_string(i)}});
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(Tagged, "TagResource: adds and overwrites by key; a tag may be a key alone") {
  const json operation =
      tag(R"([{"key": "env", "value": "dev"}, {"key": "spot"}])")["operations"][0];
  CHECK(operation["operationType"] == "TagResource");
  CHECK(operation["resourceName"] == "web");
  CHECK(operation["resourceType"] == "Instance");
  CHECK(operation["status"] == "Succeeded");
  CHECK(tags() == json::parse(R"([{"key": "env", "value": "dev"}, {"key": "spot"}])"));
  tag(R"([{"key": "env", "value": "prod"}, {"key": "Env", "value": "other"}])");
  CHECK(tags() == json::parse(R"([{"key": "env", "value": "prod"}, {"key": "spot"},
                                  {"key": "Env", "value": "other"}])"));
}

TEST_CASE_FIXTURE(Tagged, "UntagResource: takes keys away; an unknown key is no error") {
  tag(R"([{"key": "env", "value": "dev"}, {"key": "spot"}])");
  const json operation = call(
      "UntagResource", {{"resourceName", "web"}, {"tagKeys", {"env", "nope"}}})["operations"][0];
  CHECK(operation["operationType"] == "UntagResource");
  CHECK(operation["status"] == "Succeeded");
  CHECK(tags() == json::parse(R"([{"key": "spot"}])"));
}

TEST_CASE_FIXTURE(Tagged, "TagResource: bad tags are refused and change nothing") {
  const json cases[] = {
      json::parse(R"([{"value": "no key"}])"),
      {{{"key", ""}}},
      {{{"key", std::string(129, 'k')}}},
      {{{"key", "k"}, {"value", std::string(257, 'v')}}},
      {{{"key", "aws:mine"}}},
      {{{"key", "a*b"}}},
      {{{"key", "k"}, {"value", "a;b"}}},
      json::parse(R"([{"key": "k", "value": "1"}, {"key": "k", "value": "2"}])"),
      tags_numbered(0, 51),
  };
  for (const json& bad : cases) {
    INFO(bad.dump());
    CHECK(refused_tags(bad).type == "InvalidInputException");
  }
  CHECK(tags().empty());
}

TEST_CASE_FIXTURE(Tagged, "TagResource: the longest tags and letters of any language are fine") {
  const json longest = {{{"key", std::string(128, 'k')}, {"value", std::string(256, 'v')}}};
  call("TagResource", {{"resourceName", "web"}, {"tags", longest}});
  tag(R"([{"key": "größe", "value": "a b_c.d:e/f=g+h-i@j"}])");
  CHECK(tags().size() == 2);
}

TEST_CASE_FIXTURE(Tagged, "TagResource: fifty tags in all") {
  call("TagResource", {{"resourceName", "web"}, {"tags", tags_numbered(0, 50)}});
  CHECK(refused_tags(tags_numbered(50, 51)).message == "A resource can have at most 50 tags.");
  call("TagResource", {{"resourceName", "web"}, {"tags", tags_numbered(49, 50)}});
  CHECK(tags().size() == 50);
}

TEST_CASE_FIXTURE(Tagged, "TagResource: the name has to exist, and the ARN to be its own") {
  const json tags = json::parse(R"([{"key": "k"}])");
  CHECK(refused("TagResource", {{"resourceName", "nope"}, {"tags", tags}}).type ==
        "NotFoundException");
  const json arn = call("GetInstance", {{"instanceName", "web"}})["instance"]["arn"];
  call("TagResource", {{"resourceName", "web"}, {"resourceArn", arn}, {"tags", tags}});
  CHECK(refused("TagResource",
                {{"resourceName", "web"},
                 {"resourceArn", "arn:aws:lightsail:us-east-1:000000000000:Instance/other"},
                 {"tags", tags}})
            .type == "NotFoundException");
  CHECK(refused("UntagResource", {{"resourceName", "nope"}, {"tagKeys", {"k"}}}).type ==
        "NotFoundException");
}

}  // namespace papersail
