// Finds out if a request is for another AWS service, and for which one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/foreign/services.hpp"

namespace papersail {

struct Request;  // server/api/request.hpp

// The wire protocols of AWS.
enum class Protocol { query, ec2, rest_xml, json, rest_json, cbor };

// A call of another service.
struct ForeignCall {
  OtherService service;
  Protocol protocol = Protocol::rest_json;
  std::string
      action;  // "ListTables"; for REST, the method and the path: "GET /2015-03-31/functions"
  std::map<std::string, std::string, std::less<>> parameters;  // of the form and of the URI

  // Returns a parameter; "" if it is absent.
  std::string parameter(std::string_view name) const;
};

// Returns "dynamodb:ListTables".
std::string full_name(const ForeignCall& call);

constexpr std::string_view lightsail_target = "Lightsail_20161128.";

// Returns the call if the request is for another service: by the service in its signature; else, as
// some requests are not signed, by its target or by the version of the query protocol. nullopt: the
// request is for Lightsail, or does not show its service.
std::optional<ForeignCall> foreign_call(const Request& request);

}  // namespace papersail
