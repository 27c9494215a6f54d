// EC2's regions and zones, S3's buckets, and the Resource Groups Tagging API.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "state/resource.hpp"
#include "tests/support/other_services.hpp"

namespace papersail {
namespace {

using Names = std::vector<std::string>;

struct Tagging : OtherServices {
  Tagging() {
    create("web", {{"team", "a"}, {"stage", "test"}});
    create("db", {{"team", "b"}});
    create("plain", {});
    lightsail("CreateDisk", {{"diskName", "data"},
                             {"availabilityZone", "us-east-1a"},
                             {"sizeInGb", 8},
                             {"tags", {{{"key", "team"}, {"value", "a"}}, {{"key", "only"}}}}});
  }

  void create(const std::string& name, const std::map<std::string, std::string>& tags) {
    json input = {{"keyPairName", name}};
    for (const auto& [key, value] : tags) input["tags"].push_back({{"key", key}, {"value", value}});
    arns[name] = lightsail("CreateKeyPair", input).at("keyPair").at("arn");
  }

  Response tagging(const std::string& action, const json& input) {
    return target("tagging", "ResourceGroupsTaggingAPI_20170126." + action, input);
  }
  json answer(const std::string& action, const json& input) {
    const Response response = tagging(action, input);
    INFO(response.body);
    REQUIRE(response.status == 200);
    return json::parse(response.body);
  }
  std::size_t count(const json& input) {
    return answer("GetResources", input).at("ResourceTagMappingList").size();
  }
  std::string refusal(const json& input) {
    const json error = json::parse(tagging("GetResources", input).body);
    return error.value("__type", "none");
  }

  std::map<std::string, std::string> arns;
};

}  // namespace

TEST_CASE_FIXTURE(OtherServices, "DescribeRegions: returns Lightsail's regions") {
  const Response response = query("ec2", "DescribeRegions", "AllRegions=false");
  CHECK(response.status == 200);
  CHECK(element_text(response.body, "requestId") == response.request_id);
  Names wanted;
  const json regions = lightsail("GetRegions", json::object()).at("regions");
  for (const json& region : regions) wanted.push_back(region.at("name"));
  CHECK(element_texts(response.body, "regionName") == wanted);
  CHECK(element_text(response.body, "regionEndpoint") == "ec2.us-east-1.amazonaws.com");
  CHECK(element_text(response.body, "optInStatus") == "opt-in-not-required");
}

TEST_CASE_FIXTURE(OtherServices, "DescribeRegions: selects by name and by filter") {
  const auto names = [&](const std::string& parameters) {
    return element_texts(query("ec2", "DescribeRegions", parameters).body, "regionName");
  };
  CHECK(names("RegionName.1=eu-west-1&RegionName.2=us-east-2") == Names{"us-east-2", "eu-west-1"});
  CHECK(names("Filter.1.Name=region-name&Filter.1.Value.1=eu-west-*") ==
        Names{"eu-west-1", "eu-west-2", "eu-west-3"});
  CHECK(names("Filter.1.Name=region-name&Filter.1.Value.1=eu-west-*&RegionName.1=eu-west-2") ==
        Names{"eu-west-2"});
  CHECK(names("Filter.1.Name=opt-in-status&Filter.1.Value.1=opted-in").size() == 4);
  const auto code = [&](const std::string& parameters) {
    return element_text(query("ec2", "DescribeRegions", parameters).body, "Code");
  };
  CHECK(code("RegionName.1=mars-1") == "InvalidParameterValue");
  CHECK(code("Filter.1.Name=colour&Filter.1.Value.1=red") == "InvalidParameterValue");
}

TEST_CASE_FIXTURE(OtherServices, "DescribeAvailabilityZones: returns the zones of the region") {
  const auto zones = [&](const std::string& region, const std::string& parameters) {
    return ask({.service = "ec2",
                .body = "Action=DescribeAvailabilityZones&Version=2016-11-15&" + parameters,
                .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                .region = region})
        .body;
  };
  const std::string ireland = zones("eu-west-1", "Filter.1.Name=state&Filter.1.Value.1=available");
  CHECK(element_texts(ireland, "zoneName") == Names{"eu-west-1a", "eu-west-1b", "eu-west-1c"});
  CHECK(element_texts(ireland, "zoneId") == Names{"euw1-az1", "euw1-az2", "euw1-az3"});
  CHECK(element_text(ireland, "regionName") == "eu-west-1");
  CHECK(element_texts(zones("ap-northeast-1", "ZoneName.1=ap-northeast-1c"), "zoneId") ==
        Names{"apne1-az3"});
  CHECK(element_texts(zones("eu-west-1", "ZoneId.1=euw1-az2"), "zoneName") == Names{"eu-west-1b"});
  CHECK(element_text(zones("eu-west-1", "ZoneName.1=us-east-1a"), "Code") ==
        "InvalidParameterValue");
}

TEST_CASE_FIXTURE(OtherServices, "ListBuckets: returns the account's buckets in order") {
  const OtherRequest list = {.service = "s3", .method = "GET"};
  const Response none = ask(list);
  CHECK(none.status == 200);
  CHECK(none.content_type == "application/xml");
  CHECK(none.body.find("<ListAllMyBucketsResult "
                       "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner>") !=
        std::string::npos);
  CHECK(none.body.find("<Buckets></Buckets>") != std::string::npos);
  for (const char* name : {"logs", "assets"}) {
    Resource bucket{0, "eu-west-1", "Bucket", name, {{"createdAt", timestamp(test_start)}}, {}};
    accounts()["111111111111"].store.create(bucket, test_start);
  }
  const std::string both = ask(list).body;
  CHECK(element_texts(both, "Name") == Names{"assets", "logs"});
  CHECK(element_text(both, "CreationDate") == "2026-01-01T00:00:00Z");
  CHECK(element_text(both, "BucketRegion") == "eu-west-1");
  CHECK(element_texts(ask({.service = "s3", .method = "GET", .uri = "/?prefix=l"}).body, "Name") ==
        Names{"logs"});
}

TEST_CASE_FIXTURE(Tagging, "GetResources: returns the resources with tags") {
  const json all = answer("GetResources", json::object());
  CHECK(all.at("PaginationToken") == "");
  CHECK(all.at("ResourceTagMappingList").size() == 3);
  const json one = answer("GetResources", {{"ResourceARNList", {arns["web"], arns["plain"]}}})
                       .at("ResourceTagMappingList");
  REQUIRE(one.size() == 1);
  CHECK(one[0].at("ResourceARN") == arns["web"]);
  CHECK(one[0].at("Tags").size() == 2);
}

TEST_CASE_FIXTURE(Tagging, "GetResources: selects by tags and types") {
  const auto tag = [](const char* key, const json& values) {
    return json{{"Key", key}, {"Values", values}};
  };
  CHECK(count({{"TagFilters", {tag("team", {"a"})}}}) == 2);
  CHECK(count({{"TagFilters", {tag("team", {"a", "b"})}}}) == 3);
  CHECK(count({{"TagFilters", {tag("team", json::array())}}}) == 3);
  CHECK(count({{"TagFilters", {{{"Key", "stage"}}}}}) == 1);
  CHECK(count({{"TagFilters", {tag("team", {"a"}), tag("stage", {"test"})}}}) == 1);
  CHECK(count({{"TagFilters", {tag("only", {""})}}}) == 1);
  CHECK(count({{"ResourceTypeFilters", {"lightsail"}}}) == 3);
  CHECK(count({{"ResourceTypeFilters", {"lightsail:disk", "ec2:instance"}}}) == 1);
  CHECK(count({{"ResourceTypeFilters", {"ec2"}}}) == 0);
}

TEST_CASE_FIXTURE(Tagging, "GetResources: continues with the token") {
  Names seen;
  std::string token;
  do {
    const json page = answer("GetResources", {{"ResourcesPerPage", 1}, {"PaginationToken", token}});
    REQUIRE(page.at("ResourceTagMappingList").size() == 1);
    seen.push_back(page.at("ResourceTagMappingList")[0].at("ResourceARN"));
    token = page.at("PaginationToken");
  } while (!token.empty() && seen.size() < 10);
  CHECK(seen.size() == 3);
  CHECK(std::is_sorted(seen.begin(), seen.end()));
}

TEST_CASE_FIXTURE(Tagging, "GetResources: refuses invalid input") {
  for (const json& input :
       {json{{"PaginationToken", "x"}}, json{{"ResourcesPerPage", 101}},
        json{{"ResourcesPerPage", 0}}, json{{"TagFilters", "team"}}, json{{"TagFilters", {"team"}}},
        json{{"ResourceTypeFilters", {1}}},
        json{{"ResourceARNList", {"arn:x"}}, {"ResourceTypeFilters", {"lightsail"}}},
        json::array()}) {
    CAPTURE(input.dump());
    CHECK(refusal(input) == "InvalidParameterException");
  }
}

TEST_CASE_FIXTURE(Tagging, "GetTagKeys, GetTagValues: return each text once, in order") {
  CHECK(answer("GetTagKeys", json::object()).at("TagKeys") == json({"only", "stage", "team"}));
  CHECK(answer("GetTagValues", {{"Key", "team"}}).at("TagValues") == json({"a", "b"}));
  CHECK(tagging("GetTagValues", json::object()).status == 400);
}

}  // namespace papersail
