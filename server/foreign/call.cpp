#include "server/foreign/call.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "server/api/request.hpp"
#include "server/api/sigv4.hpp"
#include "text/encoding.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::size_t most_parameters = 1000;
constexpr std::size_t longest_name = 64;

using Parameters = std::map<std::string, std::string, std::less<>>;

std::string form_decoded(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '+', ' ');
  return percent_decoded(out);
}

void add_parameters(Parameters& out, std::string_view form) {
  while (!form.empty() && out.size() < most_parameters) {
    std::string_view value = split_off(form, '&');
    const std::string_view name = split_off(value, '=');
    out.emplace(form_decoded(name), form_decoded(value));
  }
}

Parameters parameters_of(const Request& request) {
  std::string_view query = request.uri;
  split_off(query, '?');
  Parameters out;
  add_parameters(out, query);
  if (lower(request.content_type).starts_with("application/x-www-form-urlencoded"))
    add_parameters(out, request.body);
  return out;
}

// Returns the name in a form that logs and messages can quote.
std::string printable(std::string_view name) {
  std::string out(name.substr(0, longest_name));
  for (char& c : out) {
    if (c < ' ' || c > '~') c = '?';
  }
  return out;
}

// Returns the service in a credential such as "key/20260101/us-east-1/sts/aws4_request". That of a
// signature of version 4A has no region.
std::string_view service_in(std::string_view credential) {
  credential = credential.substr(0, credential.rfind('/'));
  const std::size_t slash = credential.rfind('/');
  return slash == std::string_view::npos ? "" : credential.substr(slash + 1);
}

std::string signed_service(const Request& request) {
  const auto credential = sigv4::parse_authorization(request.authorization).credential;
  return printable(
      service_in(credential.empty() ? sigv4::presigned_credential(request.uri) : credential));
}

bool is_query(const Parameters& parameters) {
  return parameters.contains("Action") && parameters.contains("Version");
}

std::optional<OtherService> service_of(const Request& request, const Parameters& parameters) {
  const std::string signing = signed_service(request);
  if (signing == "lightsail") return std::nullopt;
  auto by_target = service_of_target(request.target);
  if (by_target) return by_target;
  const auto version = parameters.find("Version");
  const bool has_version = is_query(parameters) && version != parameters.end();
  auto by_version = has_version ? service_of_version(version->second) : std::nullopt;
  if (by_version && (signing.empty() || signing == by_version->signing)) return by_version;
  if (!signing.empty()) return service_signed(signing);
  if (is_query(parameters)) return OtherService{"", "this service"};
  return std::nullopt;
}

bool is_xml(std::string_view signing) {
  constexpr std::array<std::string_view, 5> services = {"cloudfront", "route53", "s3", "s3express",
                                                        "s3-object-lambda"};
  return std::find(services.begin(), services.end(), signing) != services.end();
}

// Paths such as /service/GraniteServiceVersion20100801/operation/DescribeAlarms.
bool is_rpc(std::string_view path) {
  return path.starts_with("/service/") && path.find("/operation/") != std::string_view::npos;
}

// S3's ListBuckets is the only GET / without a parameter that selects something in a bucket.
bool lists_buckets(const Request& request, const Parameters& parameters) {
  constexpr std::array<std::string_view, 4> own = {"bucket-region", "continuation-token",
                                                   "max-buckets", "prefix"};
  return request.method == "GET" && request.uri.substr(0, request.uri.find('?')) == "/" &&
         std::all_of(parameters.begin(), parameters.end(), [&](const auto& parameter) {
           return parameter.first.starts_with("X-Amz-") ||
                  std::find(own.begin(), own.end(), parameter.first) != own.end();
         });
}

// Sets the protocol and the action.
void read_form(const Request& request, ForeignCall& call) {
  const std::string_view path = request.uri.substr(0, request.uri.find('?'));
  if (!request.target.empty()) {
    call.protocol = Protocol::json;
    call.action = printable(request.target.substr(request.target.rfind('.') + 1));
  } else if (is_query(call.parameters)) {
    call.protocol = call.service.signing == "ec2" ? Protocol::ec2 : Protocol::query;
    call.action = printable(call.parameter("Action"));
  } else if (is_rpc(path)) {
    call.protocol = Protocol::cbor;
    call.action = printable(path.substr(path.rfind('/') + 1));
  } else {
    call.protocol = is_xml(call.service.signing) ? Protocol::rest_xml : Protocol::rest_json;
    call.action = printable(std::string(request.method) + ' ' + std::string(path));
  }
}

// The JavaScript SDK names the action of S3 in the URI.
void read_s3_action(const Request& request, ForeignCall& call) {
  const std::string named = call.parameter("x-id");
  if (!named.empty()) {
    call.action = printable(named);
  } else if (lists_buckets(request, call.parameters)) {
    call.action = "ListBuckets";
  }
}

}  // namespace

std::string ForeignCall::parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

std::string full_name(const ForeignCall& call) {
  return (call.service.signing.empty() ? "unknown" : call.service.signing) + ':' + call.action;
}

std::optional<ForeignCall> foreign_call(const Request& request) {
  if (request.target.starts_with(lightsail_target)) return std::nullopt;
  Parameters parameters = parameters_of(request);
  auto service = service_of(request, parameters);
  if (!service) return std::nullopt;
  ForeignCall out;
  out.service = *std::move(service);
  out.parameters = std::move(parameters);
  read_form(request, out);
  if (out.protocol == Protocol::rest_xml && out.service.signing == "s3")
    read_s3_action(request, out);
  return out;
}

}  // namespace papersail
