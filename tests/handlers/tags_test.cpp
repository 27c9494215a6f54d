#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

json tag(const std::string& key) {
  return {{"key", key}};
}

json tag(const std::string& key, const std::string& value) {
  return {{"key", key}, {"value", value}};
}

std::vector<json> many_tags(int first, int count) {
  std::vector<json> out;
  for (int i = first; i < first + count; ++i) out.push_back(tag("key-" + std::to_string(i)));
  return out;
}

// Has an instance "web".
struct Tagged : Emulator {
  Tagged() { create("web", {}); }

  static json instance(const std::string& name, const std::vector<json>& tags) {
    return {{"instanceNames", {name}},
            {"availabilityZone", "us-east-1a"},
            {"blueprintId", "ubuntu_22_04"},
            {"bundleId", "nano_3_0"},
            {"tags", tags}};
  }
  void create(const std::string& name, const std::vector<json>& tags) {
    call("CreateInstances", instance(name, tags));
  }
  json add(const std::vector<json>& tags) {
    return call("TagResource", {{"resourceName", "web"}, {"tags", tags}})["operations"];
  }
  json remove(const std::vector<std::string>& keys) {
    return call("UntagResource", {{"resourceName", "web"}, {"tagKeys", keys}})["operations"];
  }
  Refused refuse(const std::vector<json>& tags) {
    return refused("TagResource", {{"resourceName", "web"}, {"tags", tags}});
  }
  json tags() { return call("GetInstance", {{"instanceName", "web"}})["instance"]["tags"]; }
};

}  // namespace

TEST_CASE_FIXTURE(Tagged,
                  "TagResource: adds tags, keeps the others, and overwrites values in place") {
  const json operations = add({tag("env", "test"), tag("team")});
  REQUIRE(operations.size() == 1);
  CHECK(operations[0]["operationType"] == "TagResource");
  CHECK(operations[0]["status"] == "Succeeded");
  CHECK(operations[0]["resourceName"] == "web");
  CHECK(tags() == json({tag("env", "test"), tag("team")}));
  add({tag("env", "prod"), tag("owner", "me")});
  CHECK(tags() == json({tag("env", "prod"), tag("team"), tag("owner", "me")}));
  add({tag("env"), tag("team", "")});  // removes a value, and sets an empty one
  CHECK(tags() == json({tag("env"), tag("team", ""), tag("owner", "me")}));
}

TEST_CASE_FIXTURE(Tagged, "TagResource: shows tags in lists and keeps the lifecycle running") {
  add({tag("env", "test")});
  CHECK(call("GetInstances")["instances"][0]["tags"] == json::array({tag("env", "test")}));
  advance(days(1));
  CHECK(tags() == json::array({tag("env", "test")}));
}

TEST_CASE_FIXTURE(Tagged, "UntagResource: removes tags by key and ignores unknown keys") {
  add({tag("env", "test"), tag("team"), tag("owner", "me")});
  const json operations = remove({"env", "owner", "nothing", "env"});
  CHECK(operations[0]["operationType"] == "UntagResource");
  CHECK(tags() == json::array({tag("team")}));
  remove({"Team"});  // keys are case-sensitive
  CHECK(tags() == json::array({tag("team")}));
  remove({"team"});
  CHECK(tags() == json::array());
}

TEST_CASE_FIXTURE(Tagged, "Tags: are refused above fifty for a resource") {
  add(many_tags(0, 50));
  CHECK(tags().size() == 50);
  add({tag("key-7", "again")});  // replaces a tag
  const Refused refusal = refuse({tag("one-more")});
  CHECK(refusal.type == "InvalidInputException");
  CHECK(refusal.message == "A resource can have at most 50 tags.");
  CHECK(tags().size() == 50);
  remove({"key-0"});
  add({tag("one-more")});
  CHECK(refuse(many_tags(100, 51)).message == refusal.message);
  CHECK(refused("CreateInstances", instance("other", many_tags(0, 51))).message == refusal.message);
}

TEST_CASE_FIXTURE(Tagged, "Tags: have keys of 1 to 128 characters and values of up to 256") {
  std::string umlauts;
  for (int i = 0; i < 128; ++i) umlauts += "ü";
  add({tag(std::string(128, 'k'), std::string(256, 'v')), tag(umlauts, umlauts + umlauts)});
  CHECK(tags().size() == 2);
  const auto message = [&](const json& bad) {
    const Refused refusal = refuse({tag("good"), bad});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.code == "InvalidParams");
    return refusal.message;
  };
  const std::string long_key(129, 'k'), long_value(257, 'v');
  CHECK(message(tag("")) == "The tag key \"\" must have between 1 and 128 characters.");
  CHECK(message(json::object()) == "The tag key \"\" must have between 1 and 128 characters.");
  CHECK(message(tag(long_key)) ==
        "The tag key \"" + long_key + "\" must have between 1 and 128 characters.");
  CHECK(message(tag("key", long_value)) ==
        "The tag value \"" + long_value + "\" must have between 0 and 256 characters.");
  CHECK(message(tag(umlauts + "x")).find("between 1 and 128") != std::string::npos);
  CHECK(tags().size() == 2);
}

TEST_CASE_FIXTURE(Tagged,
                  "Tags: allow letters of any language, digits, spaces and _ . : / = + - @") {
  add({tag("Az09 _.:/=+-@", "Ä é 日本"), tag("é")});
  CHECK(tags().size() == 2);
  for (const std::string bad : {"a#b", "a\"b", "a\\b", "a\tb", "a\nb", "<a>", "a,b", "a?", "a*"}) {
    CAPTURE(bad);
    CHECK(refuse({tag(bad)}).message == "The tag key \"" + bad +
                                            "\" may contain only letters, "
                                            "digits, spaces and _ . : / = + - @");
    CHECK(refuse({tag("key", bad)}).message.starts_with("The tag value \""));
  }
}

TEST_CASE_FIXTURE(Tagged, "Tags: refuse keys that begin with aws:") {
  const auto reserved = [&](const char* key) {
    return refuse({tag(key)}).message ==
           "The tag key \"" + std::string(key) + "\" must not begin with aws:, which is reserved.";
  };
  CHECK(reserved("aws:team"));
  CHECK(reserved("aws:"));
  CHECK(reserved("AWS:team"));  // in upper case too
  add({tag("aws"), tag("my:aws:team"), tag("team", "aws:x")});
  CHECK(tags().size() == 3);
}

TEST_CASE_FIXTURE(Tagged, "Tags: refuse a key given twice, also at creation") {
  const std::vector<json> twice = {tag("env", "a"), tag("env", "b")};
  CHECK(refuse(twice).message == "The tag key \"env\" is given twice.");
  for (const auto& bad : std::vector<std::vector<json>>{twice, {tag("aws:x")}, {tag("#")}}) {
    CHECK(refused("CreateInstances", instance("other", bad)).type == "InvalidInputException");
  }
  CHECK(call("GetActiveNames")["activeNames"] == json({"web"}));
  create("other", {tag("env", "a"), tag("Env")});
  CHECK(call("GetInstance", {{"instanceName", "other"}})["instance"]["tags"].size() == 2);
}

TEST_CASE_FIXTURE(Tagged, "TagResource, UntagResource: refuse unknown resources") {
  const std::string arn = call("GetInstance", {{"instanceName", "web"}})["instance"]["arn"];
  const auto check = [&](const json& where) {
    json with_tags = where, with_keys = where;
    with_tags["tags"] = json::array({tag("env")});
    with_keys["tagKeys"] = json::array({"env"});
    for (const Refused& refusal :
         {refused("TagResource", with_tags), refused("UntagResource", with_keys)}) {
      CHECK(refusal.type == "NotFoundException");
      CHECK(refusal.code == "DoesNotExist");
      CHECK(refusal.message ==
            "The Resource does not exist: " + where["resourceName"].get<std::string>());
    }
  };
  check({{"resourceName", "nothing"}});
  // The ARN belongs to another resource.
  std::string other = arn;
  other.back() = other.back() == '0' ? '1' : '0';
  check({{"resourceName", "web"}, {"resourceArn", other}});
  call("TagResource",
       {{"resourceName", "web"}, {"resourceArn", arn}, {"tags", json::array({tag("env")})}});
  CHECK(tags().size() == 1);
}

}  // namespace papersail
