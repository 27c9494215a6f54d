#include "cli/signed_request.hpp"

#include <vector>

#include "server/api/sigv4.hpp"
#include "state/clock.hpp"
#include "text/time_text.hpp"

namespace papersail {

Headers signed_headers(const Endpoint& endpoint, const Credentials& credentials,
                       const std::string& region, const std::string& action,
                       const std::string& body) {
  const std::string host = endpoint.host + ':' + endpoint.port,
                    date = utc_text(Clock::real().now(), basic_iso_format),
                    target = "Lightsail_20161128." + action;
  std::string names = "host;x-amz-date";
  std::vector<sigv4::Header> headers = {{"host", host}, {"x-amz-date", date}};
  if (!credentials.session_token.empty()) {
    names += ";x-amz-security-token";
    headers.emplace_back("x-amz-security-token", credentials.session_token);
  }
  names += ";x-amz-target";
  headers.emplace_back("x-amz-target", target);
  const std::string credential =
      credentials.access_key + '/' + date.substr(0, 8) + '/' + region + "/lightsail/aws4_request";
  const std::string signature =
      sigv4::signature(credentials.secret, *sigv4::parse_credential(credential), date,
                       sigv4::canonical_request({"POST", "/", headers, body}, names));
  Headers out = {{"Content-Type", "application/x-amz-json-1.1"},
                 {"X-Amz-Date", date},
                 {"X-Amz-Target", target},
                 {"Authorization", "AWS4-HMAC-SHA256 Credential=" + credential +
                                       ", SignedHeaders=" + names + ", Signature=" + signature}};
  if (!credentials.session_token.empty()) {
    out["X-Amz-Security-Token"] = credentials.session_token;
  }
  return out;
}

}  // namespace papersail
