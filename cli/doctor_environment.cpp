// Checks the environment variables that AWS clients read.
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

// Returns name and value of the first variable that is set; two empty strings if none is.
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
    return {Finding::hint, "environment", "AWS_ENDPOINT_URL_LIGHTSAIL is not set",
            std::string(point_here) + ", or set the client's endpoint to " + endpoint.url};
  }
  if (!same_place(url, endpoint)) {
    return {Finding::bad, "environment", name + " is " + url + ", not " + endpoint.url, point_here};
  }
  if (value_of(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == "true") {
    return {Finding::bad, "environment",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS makes clients ignore " + name,
            "unset AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"};
  }
  return {Finding::good, "environment", name + " is the URL of the server", ""};
}

Finding check_credentials(const Environment& environment) {
  const std::string key = value_of(environment, "AWS_ACCESS_KEY_ID");
  if (key.empty() || value_of(environment, "AWS_SECRET_ACCESS_KEY").empty()) {
    return {Finding::hint, "credentials",
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set", point_here};
  }
  if (key.starts_with("AKIA") || key.starts_with("ASIA")) {
    return {Finding::hint, "credentials", "AWS_ACCESS_KEY_ID looks like a key of AWS",
            std::string(point_here) + " sets a test key, which AWS refuses"};
  }
  return {Finding::good, "credentials", "the access key is " + key, ""};
}

Finding check_region(const Environment& environment) {
  const auto [name, region] = first_of(environment, {"AWS_REGION", "AWS_DEFAULT_REGION"});
  if (region.empty()) return {Finding::hint, "region", "AWS_REGION is not set", point_here};
  return {Finding::good, "region", name + " is " + region, ""};
}

// A proxy on another machine cannot connect to this machine's loopback address.
std::optional<Finding> check_proxy(const Endpoint& endpoint, const Environment& environment) {
  const auto [name, proxy] = first_of(environment, {"http_proxy", "HTTP_PROXY"});
  if (proxy.empty()) return std::nullopt;
  const auto [unused, spared] = first_of(environment, {"no_proxy", "NO_PROXY"});
  if (spared == "*" || spared.find(endpoint.host) != std::string::npos) return std::nullopt;
  return Finding{Finding::bad, "proxy", name + " sends requests to the proxy " + proxy,
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
