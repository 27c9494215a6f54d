#include "tests/support/other_services.hpp"

#include "server/api/sigv4.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr const char* date = "20260101T000000Z";

std::string sign(const OtherRequest& request, const std::map<std::string, std::string>& headers,
                 const ClientKeys& keys) {
  std::string names;
  for (const auto& [name, value] : headers) names += (names.empty() ? "" : ";") + name;
  const std::string credential =
      keys.id + "/20260101/" + request.region + '/' + request.service + "/aws4_request";
  const std::vector<sigv4::Header> sent(headers.begin(), headers.end());
  const sigv4::Message message{request.method, request.uri, sent, request.body,
                               request.service == "s3"};
  const std::string signature = sigv4::signature(keys.secret, *sigv4::parse_credential(credential),
                                                 date, sigv4::canonical_request(message, names));
  return "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" + names +
         ", Signature=" + signature;
}

}  // namespace

std::vector<std::string> element_texts(const std::string& xml, const std::string& name) {
  const std::string begin = '<' + name + '>', end = "</" + name + '>';
  std::vector<std::string> out;
  for (std::size_t at = xml.find(begin); at != std::string::npos; at = xml.find(begin, at)) {
    at += begin.size();
    out.push_back(xml.substr(at, xml.find(end, at) - at));
  }
  return out;
}

std::string element_text(const std::string& xml, const std::string& name) {
  const auto all = element_texts(xml, name);
  return all.empty() ? "" : all.front();
}

OtherServices::OtherServices(Auth auth)
    : accounts_({"", Lifecycle::load("instant"), Clock::starting_at(test_start), 1}),
      dispatch_(accounts_, true, all_actions(), std::move(auth)) {}

Response OtherServices::ask(const OtherRequest& request, const ClientKeys& keys) {
  auto headers = request.headers;  // names in lower case, in order, as they are signed
  headers["host"] = "127.0.0.1:4566";
  headers["x-amz-date"] = date;
  if (!keys.token.empty()) headers["x-amz-security-token"] = keys.token;
  const std::string authorization = request.service.empty() ? "" : sign(request, headers, keys);
  const std::vector<sigv4::Header> sent(headers.begin(), headers.end());
  return dispatch_.respond({.target = headers["x-amz-target"],
                            .authorization = authorization,
                            .host = headers["host"],
                            .body = request.body,
                            .method = request.method,
                            .uri = request.uri,
                            .headers = sent,
                            .content_type = headers["content-type"]});
}

Response OtherServices::query(const std::string& service, const std::string& action,
                              const std::string& parameters, const ClientKeys& keys) {
  return ask({.service = service,
              .body = "Action=" + action + "&Version=2011-06-15&" + parameters,
              .headers = {{"content-type", "application/x-www-form-urlencoded; charset=utf-8"}}},
             keys);
}

Response OtherServices::target(const std::string& service, const std::string& target,
                               const json& input, const ClientKeys& keys) {
  return ask(
      {.service = service,
       .body = input.dump(),
       .headers = {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", target}}},
      keys);
}

json OtherServices::lightsail(std::string_view action, const json& input, const ClientKeys& keys) {
  const Response response =
      target("lightsail", "Lightsail_20161128." + std::string(action), input, keys);
  INFO(response.body);
  REQUIRE(response.status == 200);
  return json::parse(response.body);
}

ClientKeys keys_in(const std::string& xml) {
  return {element_text(xml, "AccessKeyId"), element_text(xml, "SecretAccessKey"),
          element_text(xml, "SessionToken")};
}

}  // namespace papersail
