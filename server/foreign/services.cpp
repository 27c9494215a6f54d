#include "server/foreign/services.hpp"

#include <algorithm>

#include "fixtures/fixtures.hpp"
#include "text/json.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

const json& table(const char* name) {
  static const json file = parse_json(*fixture("other-services.json"));
  return file.at(name);
}

std::optional<OtherService> entry(const char* name, std::string_view key) {
  const json& entries = table(name);
  const auto found = entries.find(key);
  if (found == entries.end()) return std::nullopt;
  return OtherService{found->at("service"), found->at("name")};
}

}  // namespace

OtherService service_signed(std::string_view signing) {
  const json& services = table("services");
  const auto found = services.find(signing);
  const std::string name(signing);
  return {name, found == services.end() ? name : found->get<std::string>()};
}

std::optional<OtherService> service_of_target(std::string_view target) {
  return entry("targets", target.substr(0, target.rfind('.')));
}

std::optional<OtherService> service_of_version(std::string_view version) {
  return entry("versions", version);
}

std::string endpoint_variable(const OtherService& service) {
  std::string out = "AWS_ENDPOINT_URL_" + upper(service.name);
  for (char& c : out) {
    if (c == ' ' || c == '-') c = '_';
  }
  return out;
}

}  // namespace papersail
