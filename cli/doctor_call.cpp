// Checks that the server accepts a call with the credentials of the environment.
#include "cli/doctor.hpp"
#include "cli/signed_request.hpp"
#include "server/seeds.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

std::string variable(const Environment& environment, const char* name) {
  const char* value = environment(name);
  return value ? value : "";
}

// Returns the endpoint of clients, if it is on the same machine as that of the command; it has
// another port if the control API has one of its own.
Endpoint client_endpoint(const Endpoint& endpoint, const Environment& environment) {
  for (const char* name : {"AWS_ENDPOINT_URL_LIGHTSAIL", "AWS_ENDPOINT_URL"}) {
    const std::string url = variable(environment, name);
    if (url.empty()) continue;
    try {
      const Endpoint other(url);
      const bool both_loopback = is_loopback(other.host) && is_loopback(endpoint.host);
      return other.host == endpoint.host || both_loopback ? other : endpoint;
    } catch (const std::invalid_argument&) {
      return endpoint;
    }
  }
  return endpoint;
}

}  // namespace

std::optional<Finding> check_signed_call(const Endpoint& endpoint, const Environment& environment) {
  const Credentials credentials = {variable(environment, "AWS_ACCESS_KEY_ID"),
                                   variable(environment, "AWS_SECRET_ACCESS_KEY"),
                                   variable(environment, "AWS_SESSION_TOKEN")};
  if (credentials.access_key.empty() || credentials.secret.empty()) return std::nullopt;
  std::string region = variable(environment, "AWS_REGION");
  if (region.empty()) region = variable(environment, "AWS_DEFAULT_REGION");
  if (region.empty()) region = "us-east-1";
  const std::string body = "{}";
  Client client(client_endpoint(endpoint, environment), std::chrono::seconds(10));
  const Reply reply =
      client.ask("POST", "/", body,
                 signed_headers(client.endpoint(), credentials, region, "GetRegions", body));
  const std::string call = "a call with the access key " + credentials.access_key + " in " + region;
  if (reply.status == 200) return Finding{Finding::good, "call", "the server accepts " + call, ""};
  return Finding{Finding::bad, "call", "the server refuses " + call + ": " + error_text(reply.body),
                 "use a key of the server's --credentials, and a region of Lightsail"};
}

}  // namespace papersail
