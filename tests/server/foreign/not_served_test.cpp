// Calls of other services that papersail does not serve.
#include <doctest/doctest.h>

#include <string>

#include "server/observers/observers.hpp"
#include "tests/support/other_services.hpp"

namespace papersail {
namespace {

const std::string tables_message =
    "papersail serves Amazon Lightsail, not ListTables of DynamoDB: set AWS_ENDPOINT_URL_DYNAMODB "
    "to send DynamoDB elsewhere, or set AWS_ENDPOINT_URL_LIGHTSAIL alone, without "
    "AWS_ENDPOINT_URL, to send every other service elsewhere.";

}  // namespace

TEST_CASE_FIXTURE(OtherServices, "Other services: JSON is refused in JSON, with status 501") {
  const Response response = target("dynamodb", "DynamoDB_20120810.ListTables", json::object());
  CHECK(response.status == 501);
  CHECK(response.error_type == "NotImplementedException");
  CHECK(response.content_type == "application/x-amz-json-1.1");
  CHECK(json::parse(response.body) == json({{"__type", "NotImplementedException"},
                                            {"code", "NotImplemented"},
                                            {"message", tables_message}}));
  const Response old = ask({.service = "dynamodb",
                            .body = "{}",
                            .headers = {{"content-type", "application/x-amz-json-1.0"},
                                        {"x-amz-target", "DynamoDB_20120810.ListTables"}}});
  CHECK(old.content_type == "application/x-amz-json-1.0");
}

TEST_CASE_FIXTURE(OtherServices, "Other services: query and EC2 are refused in their XML") {
  const Response topics = query("sns", "ListTopics");
  CHECK(topics.status == 501);
  CHECK(topics.content_type == "text/xml");
  CHECK(topics.body.find("<ErrorResponse><Error><Type>Receiver</Type><Code>NotImplemented</Code>"
                         "<Message>papersail serves Amazon Lightsail, not ListTopics of SNS: ") !=
        std::string::npos);
  CHECK(element_text(topics.body, "RequestId") == topics.request_id);
  const Response instances = query("ec2", "DescribeInstances");
  CHECK(instances.status == 501);
  CHECK(instances.body.find("<Response><Errors><Error><Code>NotImplemented</Code>") !=
        std::string::npos);
  CHECK(element_text(instances.body, "RequestID") == instances.request_id);
}

TEST_CASE_FIXTURE(OtherServices, "Other services: REST is refused in XML or JSON") {
  const Response object = ask({.service = "s3", .method = "GET", .uri = "/bucket/key"});
  CHECK(object.status == 501);
  CHECK(object.content_type == "application/xml");
  CHECK(object.body.find("\n<Error><Code>NotImplemented</Code>") != std::string::npos);
  CHECK(element_text(object.body, "Message").find("not S3: set AWS_ENDPOINT_URL_S3 to") !=
        std::string::npos);
  const Response zones = ask({.service = "route53", .method = "GET", .uri = "/2013-04-01/x"});
  CHECK(zones.body.find("<ErrorResponse><Error>") != std::string::npos);
  const Response lambda = ask({.service = "lambda", .method = "GET", .uri = "/2015-03-31/x"});
  CHECK(lambda.content_type == "application/json");
  CHECK(json::parse(lambda.body).at("code") == "NotImplemented");
}

TEST_CASE_FIXTURE(OtherServices, "Other services: CBOR is refused in CBOR") {
  const Response alarms = ask({.service = "monitoring", .uri = "/service/G/operation/ListMetrics"});
  CHECK(alarms.status == 501);
  CHECK(alarms.content_type == "application/cbor");
  CHECK(alarms.headers == "smithy-protocol: rpc-v2-cbor\r\n");
  CHECK(json::from_cbor(alarms.body).at("__type") == "NotImplementedException");
}

TEST_CASE_FIXTURE(OtherServices, "Other services: a service without a name gets no variable") {
  const Response response = query("", "Do", "Version=1999-01-01");
  const Response unknown =
      ask({.service = "",
           .body = "Action=Do&Version=1999-01-01",
           .headers = {{"content-type", "application/x-www-form-urlencoded"}}});
  CHECK(element_text(response.body, "Message").find("AWS_ENDPOINT_URL_STS") != std::string::npos);
  CHECK(element_text(unknown.body, "Message") ==
        "papersail serves Amazon Lightsail, not Do of this service: set "
        "AWS_ENDPOINT_URL_LIGHTSAIL alone, without AWS_ENDPOINT_URL, to send every other service "
        "elsewhere.");
}

TEST_CASE_FIXTURE(OtherServices, "Other services: calls are recorded without their bodies") {
  target("secretsmanager", "secretsmanager.PutSecretValue", {{"SecretString", "hush"}});
  query("sts", "GetCallerIdentity");
  const json records = dispatch().observers().recorder.requests({}, 10).at("requests");
  REQUIRE(records.size() == 2);
  CHECK(records[0].at("action") == "secretsmanager:PutSecretValue");
  CHECK(records[0].at("status") == 501);
  CHECK(records[0].at("errorType") == "NotImplementedException");
  CHECK(records[0].at("account") == "111111111111");
  CHECK(records[0].at("input") == nullptr);
  CHECK(records[0].at("inputBytes") == 23);
  CHECK(records[1].at("action") == "sts:GetCallerIdentity");
  CHECK(records[1].at("status") == 200);
  CHECK(records[1].at("output") == nullptr);
}

TEST_CASE_FIXTURE(OtherServices,
                  "Other services: calls are counted; those not served share a row") {
  query("sts", "GetCallerIdentity");
  query("sts", "DecodeAuthorizationMessage");
  query("iam", "GetUser", "UserName=none");
  MetricText metrics;
  dispatch().observers().metrics.write(metrics);
  const auto has = [&](const char* line) { return metrics.text.find(line) != std::string::npos; };
  CHECK(has(R"(papersail_requests_total{action="sts:GetCallerIdentity",outcome="ok"} 1)"));
  CHECK(has(R"(papersail_requests_total{action="-",outcome="NotImplementedException"} 1)"));
  CHECK(has(R"(papersail_requests_total{action="iam:GetUser",outcome="NoSuchEntity"} 1)"));
  CHECK_FALSE(has("DecodeAuthorizationMessage"));
  const json coverage = dispatch().observers().coverage.report(dispatch().model());
  CHECK(coverage.at("actions").size() == dispatch().model().actions().size());
}

TEST_CASE_FIXTURE(OtherServices, "Other services: a call creates no account") {
  query("sts", "GetCallerIdentity");
  ask({.service = "s3", .method = "GET"});
  target("tagging", "ResourceGroupsTaggingAPI_20170126.GetResources", json::object());
  query("sqs", "ListQueues");
  CHECK(accounts().ids().empty());
}

}  // namespace papersail
