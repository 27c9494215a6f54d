// The variables that decide where AWS clients go.
#include <initializer_list>

#include "cli/client_socket.hpp"
#include "cli/doctor.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr const char* point_here = "eval $(papersail env)";

std::string value_of(const Environment& environment, const char* name) {
  const char* value = environment(name);
  return value ? value : "";
}

// The first that is set, with its name.
std::pair<std::string, std::string> first_of(const Environment& environment,
                                             std::initializer_list<const char*> names) {
  for (const char* name : names) {
    std::string value = value_of(environment, name);
    if (!value.empty()) return {name, value};
  }
  return {};
}

bool same_place(const std::string& url, const Endpoint& endpoint) {
  try {
    const Endpoint other(url);
    const bool same_host =
        other.host == endpoint.host || (is_loopback(other.host) && is_loopback(endpoint.host));
    return same_host && other.port == endpoint.port;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

Finding check_address(const Endpoint& endpoint, const Environment& environment) {
  const auto [name, url] =
      first_of(environment, {"AWS_ENDPOINT_URL_LIGHTSAIL", "AWS_ENDPOINT_URL"});
  if (url.empty()) {
    return {Finding::hint, "environment", "AWS_ENDPOINT_URL_LIGHTSAIL is not set here",
            std::string(point_here) + ", or give your client the endpoint " + endpoint.url};
  }
  if (!same_place(url, endpoint)) {
    return {Finding::bad, "environment", name + " is " + url + ", not " + endpoint.url, point_here};
  }
  if (value_of(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == "true") {
    return {Finding::bad, "environment",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS keeps clients from reading " + name,
            "unset AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"};
  }
  return {Finding::good, "environment", name + " points here", ""};
}

Finding check_credentials(const Environment& environment) {
  const std::string key = value_of(environment, "AWS_ACCESS_KEY_ID");
  if (key.empty() || value_of(environment, "AWS_SECRET_ACCESS_KEY").empty()) {
    return {Finding::hint, "credentials",
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set here", point_here};
  }
  if (key.starts_with("AKIA") || key.starts_with("ASIA")) {
    return {Finding::hint, "credentials", "AWS_ACCESS_KEY_ID looks like a real one",
            std::string(point_here) + ": then nothing reaches the real cloud by mistake"};
  }
  return {Finding::good, "credentials", "the access key is " + key, ""};
}

Finding check_region(const Environment& environment) {
  const auto [name, region] = first_of(environment, {"AWS_REGION", "AWS_DEFAULT_REGION"});
  if (region.empty()) return {Finding::hint, "region", "AWS_REGION is not set here", point_here};
  return {Finding::good, "region", name + " is " + region, ""};
}

// A proxy would be asked for this machine, and not find it.
std::optional<Finding> check_proxy(const Endpoint& endpoint, const Environment& environment) {
  const auto [name, proxy] = first_of(environment, {"http_proxy", "HTTP_PROXY"});
  if (proxy.empty()) return std::nullopt;
  const auto [unused, spared] = first_of(environment, {"no_proxy", "NO_PROXY"});
  if (spared == "*" || spared.find(endpoint.host) != std::string::npos) return std::nullopt;
  return Finding{Finding::bad, "proxy", name + " sends clients to " + proxy,
                 "export NO_PROXY=" + endpoint.host + " no_proxy=" + endpoint.host};
}

}  // namespace

Findings check_environment(const std::string& url, const Environment& environment) {
  const Endpoint endpoint(url);
  Findings out = {check_address(endpoint, environment), check_credentials(environment),
                  check_region(environment)};
  if (auto proxy = check_proxy(endpoint, environment)) out.push_back(*proxy);
  return out;
}

}  // namespace papersail
