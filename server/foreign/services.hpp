// The AWS services besides Lightsail: fixtures/other-services.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace papersail {

struct OtherService {
  std::string signing;  // the name in signatures: "logs"; "" if it is not known
  std::string name;     // the name in SDKs: "CloudWatch Logs"
};

// Returns the service that signs with this name. One that papersail does not know has the same
// name.
OtherService service_signed(std::string_view signing);

// Return the service of a target such as "DynamoDB_20120810.GetItem", or of an API version of the
// query protocol; nullopt for Lightsail and for an unknown one.
std::optional<OtherService> service_of_target(std::string_view target);
std::optional<OtherService> service_of_version(std::string_view version);

// Returns the variable that sends the service's requests to another endpoint:
// "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS".
std::string endpoint_variable(const OtherService& service);

}  // namespace papersail
