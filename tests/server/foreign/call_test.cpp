// Which service a request is for, and in which protocol.
#include "server/foreign/call.hpp"

#include <doctest/doctest.h>

#include <string>

#include "server/api/request.hpp"

namespace papersail {
namespace {

std::string signed_for(const std::string& service) {
  return "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + service +
         "/aws4_request, SignedHeaders=host, Signature=0";
}

constexpr const char* form = "application/x-www-form-urlencoded; charset=utf-8";

ForeignCall found(const Request& request) {
  const auto out = foreign_call(request);
  REQUIRE(out.has_value());
  return *out;
}

}  // namespace

TEST_CASE("foreign_call: returns nothing for Lightsail and for unknown requests") {
  const std::string lightsail = signed_for("lightsail"), sts = signed_for("sts");
  CHECK_FALSE(foreign_call({.target = "Lightsail_20161128.GetRegions"}));
  CHECK_FALSE(foreign_call({.target = "Lightsail_20161128.GetRegions", .authorization = sts}));
  CHECK_FALSE(foreign_call({.target = "Lightsail_20990101.GetRegions"}));
  CHECK_FALSE(foreign_call({.target = "X.Y", .authorization = lightsail}));
  CHECK_FALSE(foreign_call({.authorization = lightsail, .method = "GET"}));
  CHECK_FALSE(foreign_call({.target = "Nothing_20260101.Do"}));
  CHECK_FALSE(foreign_call({.method = "GET", .uri = "/index.html?Action=x"}));
  for (const char* odd : {"", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a", "Bearer x"}) {
    CAPTURE(odd);
    CHECK_FALSE(foreign_call({.authorization = odd}));
  }
}

TEST_CASE("foreign_call: reads the query protocol, also that of EC2") {
  const std::string sts = signed_for("sts"), ec2 = signed_for("ec2");
  const ForeignCall call = found({.authorization = sts,
                                  .body = "Action=AssumeRole&Version=2011-06-15&RoleArn=a%3Ab+c",
                                  .content_type = form});
  CHECK(call.service.signing == "sts");
  CHECK(call.service.name == "STS");
  CHECK(call.protocol == Protocol::query);
  CHECK(call.action == "AssumeRole");
  CHECK(call.parameter("RoleArn") == "a:b c");
  CHECK(call.parameter("Policy") == "");
  const ForeignCall regions = found({.authorization = ec2,
                                     .method = "GET",
                                     .uri = "/?Action=DescribeRegions&Version=2016-11-15"});
  CHECK(regions.protocol == Protocol::ec2);
  CHECK(regions.action == "DescribeRegions");
}

TEST_CASE("foreign_call: reads JSON, CBOR and REST") {
  const std::string dynamodb = signed_for("dynamodb"), monitoring = signed_for("monitoring");
  const std::string lambda = signed_for("lambda"), s3 = signed_for("s3");
  const ForeignCall tables =
      found({.target = "DynamoDB_20120810.ListTables", .authorization = dynamodb});
  CHECK(tables.protocol == Protocol::json);
  CHECK(tables.action == "ListTables");
  CHECK(tables.service.name == "DynamoDB");
  const ForeignCall alarms =
      found({.authorization = monitoring,
             .uri = "/service/GraniteServiceVersion20100801/operation/DescribeAlarms"});
  CHECK(alarms.protocol == Protocol::cbor);
  CHECK(alarms.action == "DescribeAlarms");
  CHECK(alarms.service.name == "CloudWatch");
  const ForeignCall functions =
      found({.authorization = lambda, .method = "GET", .uri = "/2015-03-31/functions?MaxItems=1"});
  CHECK(functions.protocol == Protocol::rest_json);
  CHECK(functions.action == "GET /2015-03-31/functions");
  const ForeignCall object = found({.authorization = s3, .method = "GET", .uri = "/bucket/key"});
  CHECK(object.protocol == Protocol::rest_xml);
  CHECK(object.action == "GET /bucket/key");
}

TEST_CASE("foreign_call: knows ListBuckets of S3 from the lists of a bucket") {
  const std::string s3 = signed_for("s3");
  const auto action = [&](std::string_view method, std::string_view uri) {
    return found({.authorization = s3, .method = method, .uri = uri}).action;
  };
  CHECK(action("GET", "/") == "ListBuckets");
  CHECK(action("GET", "/?x-id=ListBuckets") == "ListBuckets");
  CHECK(action("GET", "/?max-buckets=10&prefix=a") == "ListBuckets");
  CHECK(action("GET", "/?list-type=2&prefix=a") == "GET /");
  CHECK(action("GET", "/?x-id=ListObjectsV2&list-type=2") == "ListObjectsV2");
  CHECK(action("PUT", "/") == "PUT /");
  CHECK(action("GET", "/bucket") == "GET /bucket");
}

TEST_CASE("foreign_call: finds the service of a request that is not signed in a header") {
  const ForeignCall cognito = found({.target = "AWSCognitoIdentityProviderService.InitiateAuth"});
  CHECK(cognito.service.signing == "cognito-idp");
  const ForeignCall web =
      found({.body = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15", .content_type = form});
  CHECK(web.service.signing == "sts");
  const ForeignCall unknown = found({.body = "Action=Do&Version=1999-01-01", .content_type = form});
  CHECK(unknown.service.signing == "");
  CHECK(full_name(unknown) == "unknown:Do");
  CHECK(full_name(web) == "sts:AssumeRoleWithWebIdentity");
  CHECK(unknown.protocol == Protocol::query);
  const ForeignCall presigned = found(
      {.method = "GET",
       .uri = "/bucket/key?X-Amz-Credential=test%2F20260101%2Fus-east-1%2Fs3%2Faws4_request"});
  CHECK(presigned.service.signing == "s3");
  const ForeignCall version_4a =
      found({.authorization = "AWS4-ECDSA-P256-SHA256 Credential=test/20260101/s3/aws4_request"});
  CHECK(version_4a.service.signing == "s3");
}

TEST_CASE("foreign_call: replaces odd bytes in names and shortens them") {
  const std::string odd = signed_for("a\xff\x01");
  CHECK(found({.authorization = odd}).service.name == "a??");
  const std::string sts = signed_for("sts");
  const std::string body = "Version=1&Action=a%0d%0a" + std::string(100, 'b');
  const ForeignCall call = found({.authorization = sts, .body = body, .content_type = form});
  CHECK(call.action == "a??" + std::string(61, 'b'));
}

TEST_CASE("endpoint_variable: is the one that SDKs read") {
  CHECK(endpoint_variable(service_signed("dynamodb")) == "AWS_ENDPOINT_URL_DYNAMODB");
  CHECK(endpoint_variable(service_signed("logs")) == "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS");
  CHECK(endpoint_variable(service_signed("new-service")) == "AWS_ENDPOINT_URL_NEW_SERVICE");
  const auto elb = service_of_version("2015-12-01");
  REQUIRE(elb.has_value());
  CHECK(endpoint_variable(*elb) == "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2");
}

}  // namespace papersail
