#include "server/foreign/actions.hpp"

#include <algorithm>
#include <array>

namespace papersail {
namespace {

const ForeignService* find_service(const ForeignCall& call) {
  static const std::array services = {&ec2_service, &iam_service, &s3_service, &sts_service,
                                      &tagging_service};
  for (const ForeignService* service : services) {
    if (service->signing == call.service.signing && service->protocol == call.protocol)
      return service;
  }
  return nullptr;
}

// Returns "ListTables of DynamoDB"; the action of a REST protocol has no name.
std::string described(const ForeignCall& call) {
  const bool named = call.action.find(' ') == std::string::npos;
  return named ? call.action + " of " + call.service.name : call.service.name;
}

}  // namespace

const ForeignAction* find_foreign_action(const ForeignCall& call) {
  const ForeignService* service = find_service(call);
  if (!service) return nullptr;
  const auto found =
      std::find_if(service->actions.begin(), service->actions.end(),
                   [&](const ForeignAction& action) { return action.name == call.action; });
  return found == service->actions.end() ? nullptr : &*found;
}

std::string xmlns_of(const ForeignCall& call) {
  const ForeignService* service = find_service(call);
  return service ? std::string(service->xmlns) : "";
}

ApiError not_served(const ForeignCall& call) {
  const std::string own = call.service.signing.empty()
                              ? ""
                              : "set " + endpoint_variable(call.service) + " to send " +
                                    call.service.name + " elsewhere, or ";
  return {"NotImplementedException", "NotImplemented",
          "papersail serves Amazon Lightsail, not " + described(call) + ": " + own +
              "set AWS_ENDPOINT_URL_LIGHTSAIL alone, without AWS_ENDPOINT_URL, to send every other "
              "service elsewhere."};
}

}  // namespace papersail
