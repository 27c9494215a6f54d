#include "server/foreign/protocol.hpp"

#include <algorithm>
#include <string_view>

#include "server/api/error.hpp"
#include "server/foreign/xml.hpp"
#include "text/json.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

// How the services with XML name errors of the front end, whose names Lightsail has from JSON.
struct XmlError {
  std::string_view type;
  std::string_view code;
  int status;
};
constexpr XmlError xml_errors[] = {
    {"AccessDeniedException", "AccessDenied", 403},
    {"ExpiredTokenException", "ExpiredToken", 403},
    {"IncompleteSignatureException", "IncompleteSignature", 400},
    {"InvalidSignatureException", "SignatureDoesNotMatch", 403},
    {"MissingAuthenticationTokenException", "MissingAuthenticationToken", 403},
    {"NoSuchEntity", "NoSuchEntity", 404},
    {"UnrecognizedClientException", "InvalidClientTokenId", 403},
};

XmlError xml_error(const ApiError& error) {
  for (const XmlError& known : xml_errors) {
    if (known.type == error.type) return known;
  }
  return {error.type, error.code, http_status(error)};
}

bool is_xml(Protocol protocol) {
  return protocol == Protocol::query || protocol == Protocol::ec2 || protocol == Protocol::rest_xml;
}

std::string xml_body(const ForeignCall& call, const std::string& id, const XmlError& error,
                     const std::string& message) {
  const std::string details = xml::text("Code", error.code) + xml::text("Message", message);
  if (call.protocol == Protocol::ec2) {
    const std::string errors = xml::element("Errors", xml::element("Error", details));
    return xml::element("Response", errors + xml::text("RequestID", id));
  }
  if (call.service.signing.starts_with("s3"))
    return xml::element("Error", details + xml::text("RequestId", id));
  const std::string type = xml::text("Type", error.status < 500 ? "Sender" : "Receiver");
  return xml::element("ErrorResponse",
                      xml::element("Error", type + details) + xml::text("RequestId", id));
}

std::string_view content_type_of(const ForeignCall& call, const Request* request) {
  constexpr std::string_view json_1_0 = "application/x-amz-json-1.0";
  switch (call.protocol) {
    case Protocol::query:
      return "text/xml";
    case Protocol::ec2:
      return "text/xml;charset=UTF-8";
    case Protocol::rest_xml:
      return "application/xml";
    case Protocol::rest_json:
      return "application/json";
    case Protocol::cbor:
      return "application/cbor";
    case Protocol::json:
      break;
  }
  const bool old = request && lower(request->content_type).starts_with(json_1_0);
  return old ? json_1_0 : "application/x-amz-json-1.1";
}

std::string cbor(const json& value) {
  const auto bytes = json::to_cbor(value);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

void set_result(Response& response, const ForeignCall& call, const std::string& xmlns,
                const std::string& result) {
  response.content_type = content_type_of(call, nullptr);
  const std::string name = call.action + "Response", space = xml::xmlns(xmlns);
  const std::string& id = response.request_id;
  if (call.protocol == Protocol::query) {
    const std::string metadata = xml::element("ResponseMetadata", xml::text("RequestId", id));
    response.body =
        xml::element(name, xml::element(call.action + "Result", result) + metadata, space);
  } else if (call.protocol == Protocol::ec2) {
    response.body = xml::element(name, xml::text("requestId", id) + result, space);
  } else {
    response.body = result;
  }
  if (is_xml(call.protocol)) response.body.insert(0, declaration);
}

void set_foreign_error(Response& response, const ForeignCall& call, const Request& request,
                       const ApiError& error) {
  set_error(response, error);
  response.content_type = content_type_of(call, &request);
  if (call.protocol == Protocol::cbor) {
    response.headers += "smithy-protocol: rpc-v2-cbor\r\n";
    response.body = cbor(parse_json(response.body));
  }
  if (!is_xml(call.protocol)) return;
  const XmlError known = xml_error(error);
  response.status = known.status;
  response.body =
      std::string(declaration) + xml_body(call, response.request_id, known, error.what());
}

}  // namespace papersail
