#include "server/api/auth.hpp"

#include <algorithm>

#include "crypto/openssl.hpp"
#include "server/api/request.hpp"
#include "state/account.hpp"
#include "text/strings.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

constexpr std::string_view lightsail = "lightsail";
constexpr std::string_view default_region = "us-east-1";
constexpr std::string_view default_account = "000000000000";
constexpr Millis tolerance = minutes(5);

// Returns the region of "lightsail.eu-west-1.amazonaws.com", with or without a port; "" for another
// host.
std::string_view region_of_host(std::string_view host) {
  const bool is_service = split_off(host, '.') == lightsail;
  const std::string_view region = split_off(host, '.');
  const bool aws = host.starts_with("amazonaws.com") || host.starts_with("api.aws");
  return is_service && aws ? region : std::string_view();
}

// Errors of the front end have no separate short code. Every service behind it returns the same
// texts; mhart/dynalite records the texts and their order.
ApiError refusal(std::string_view type, const std::string& message) {
  return {type, type, message};
}

ApiError incomplete(const std::string& message) {
  return refusal("IncompleteSignatureException", message);
}

ApiError invalid_signature(const std::string& message) {
  return refusal("InvalidSignatureException", message);
}

ApiError unrecognized_client() {
  return refusal("UnrecognizedClientException",
                 "The security token included in the request is invalid.");
}

std::string quoted(std::string_view text) {
  return '\'' + std::string(text) + '\'';
}

std::string basic(Millis moment) {
  return utc_text(moment, basic_iso_format);
}

void require_complete(const Request& request, const sigv4::Authorization& given, bool dated) {
  std::string missing;
  const auto require = [&](std::string_view value, const char* name) {
    if (value.empty()) {
      missing += std::string("Authorization header requires '") + name + "' parameter. ";
    }
  };
  require(given.credential, "Credential");
  require(given.signature, "Signature");
  require(given.signed_headers, "SignedHeaders");
  if (!dated) {
    missing +=
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  if (missing.empty()) return;
  // The header without its signature, which might be valid.
  const std::string_view without_signature =
      request.authorization.substr(0, request.authorization.find(' '));
  throw incomplete(missing + "Authorization=" + std::string(without_signature));
}

// Returns the request's time in the form that is signed, nullopt if there is none. The Date header
// counts only if X-Amz-Date is absent.
std::optional<std::string> date_of(const Request& request) {
  if (auto amz_date = sigv4::value_of(request.headers, "x-amz-date")) return amz_date;
  const auto date = sigv4::value_of(request.headers, "date");
  const auto moment = date ? utc_moment(*date, http_format) : std::nullopt;
  return moment ? basic(*moment) : date;
}

bool lists(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    if (split_off(names, ';') == name) return true;
  }
  return false;
}

// The signature must cover every header that AWS reads.
void require_signed(const Request& request, std::string_view names) {
  if (!lists(names, "host")) {
    throw invalid_signature(
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  for (const auto& [name, value] : request.headers) {
    if (lower(name).starts_with("x-amz-") && !lists(names, lower(name))) {
      throw invalid_signature(quoted(name) + " must be a 'SignedHeader' in the AWS Authorization.");
    }
  }
}

// Parses the Credential parameter. Throws ApiError for another algorithm or a wrong number of
// parts.
sigv4::Credential credential_of(const sigv4::Authorization& given) {
  if (given.algorithm != sigv4::algorithm) {
    throw incomplete("Unsupported AWS 'algorithm': " + quoted(given.algorithm) +
                     " (only AWS4-HMAC-SHA256 for now). ");
  }
  const auto credential = sigv4::parse_credential(given.credential);
  if (credential) return *credential;
  throw incomplete(
      "Credential must have exactly 5 slash-delimited elements, e.g. "
      "keyid/date/region/service/term, got " +
      quoted(given.credential));
}

void require_scope(const sigv4::Credential& credential, const Request& request,
                   std::string_view date) {
  std::string wrong;
  const std::string_view region = region_of_host(request.host);
  if (credential.region.empty() || (!region.empty() && credential.region != region)) {
    wrong +=
        "Credential should be scoped to a valid region, not " + quoted(credential.region) + ". ";
  }
  if (credential.service != request.service) {
    wrong += "Credential should be scoped to correct service: " + quoted(request.service) + ". ";
  }
  if (credential.terminator != sigv4::terminator) {
    wrong += "Credential should be scoped with a valid terminator: 'aws4_request', not " +
             quoted(credential.terminator) + ". ";
  }
  if (credential.date != date.substr(0, 8)) {
    wrong +=
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
        "HTTP: " +
        quoted(credential.date) + " != " + quoted(date.substr(0, 8)) + ", from " + quoted(date) +
        ". ";
  }
  if (!wrong.empty()) throw invalid_signature(wrong);
}

void require_signature(const Request& request, const sigv4::Authorization& given,
                       const sigv4::Credential& credential, std::string_view date,
                       std::string_view secret) {
  const sigv4::Message message{request.method, request.uri, request.headers, request.body,
                               request.service == "s3"};
  const std::string expected = sigv4::signature(
      secret, credential, date, sigv4::canonical_request(message, given.signed_headers));
  const auto hash = sigv4::value_of(request.headers, "x-amz-content-sha256");
  const bool same_body = !hash || *hash == sigv4::signed_hash(message);
  if (same_body && openssl::equal_secrets(expected, given.signature)) return;
  throw invalid_signature(
      "The request signature we calculated does not match the signature you provided. Check your "
      "AWS Secret Access Key and signing method. Consult the service documentation for details.");
}

}  // namespace

Scope scope_of(const Request& request) {
  std::string_view credential = sigv4::parse_authorization(request.authorization).credential;
  std::string presigned;
  if (credential.empty()) credential = presigned = sigv4::presigned_credential(request.uri);
  const std::string_view key = split_off(credential, '/');
  split_off(credential, '/');
  std::string_view region = split_off(credential, '/');
  if (region.empty()) region = region_of_host(request.host);
  if (region.empty()) region = default_region;
  const std::string_view account = is_account_id(key) ? key : account_of_session(key);
  return {std::string(account.empty() ? default_account : account), std::string(region)};
}

std::string access_key_of(const Request& request) {
  const auto credential = sigv4::parse_authorization(request.authorization).credential;
  const std::string text =
      credential.empty() ? sigv4::presigned_credential(request.uri) : std::string(credential);
  return text.substr(0, text.find('/'));
}

Auth::Mode Auth::mode_of(std::string_view word) {
  if (word == "off") return Mode::off;
  if (word == "lenient") return Mode::lenient;
  if (word == "strict") return Mode::strict;
  throw std::invalid_argument("invalid authentication mode \"" + std::string(word) +
                              "\" (off, lenient or strict)");
}

Auth::Auth(Mode mode, KnownKeys keys, Clock clock)
    : mode_(mode), keys_(std::move(keys)), clock_(clock) {
  if (strict() && keys_.empty()) {
    throw std::invalid_argument("--auth strict needs --credentials FILE");
  }
}

Scope Auth::scope_of(const Request& request) const {
  if (strict()) return proven_scope(request);
  Scope out = papersail::scope_of(request);
  if (mode_ == Mode::off) return {std::string(default_account), out.region};
  if (keys_.empty()) return out;
  const auto known = keys_.find(access_key_of(request));
  if (known != keys_.end()) out.account = known->second.account;
  return out;
}

std::string Auth::role_account(const std::string& caller, const std::string& wanted) const {
  if (mode_ == Mode::off) return caller;
  if (strict() && caller != wanted) {
    throw access_denied("With --auth strict, a role of account " + wanted +
                        " cannot be assumed from account " + caller + ".");
  }
  return wanted;
}

SessionKeys Auth::issue(std::string_view id, Session& session) const {
  const auto parent = keys_.find(session.parent);
  if (parent == keys_.end()) return session_keys(id, session, "");
  const auto last = parent->second.expiration;
  if (last) session.expiration = std::min(session.expiration, *last);
  return session_keys(id, session, parent->second.secret);
}

Scope Auth::proven_scope(const Request& request) const {
  if (!trimmed(request.authorization).starts_with("AWS4-")) {
    throw refusal("MissingAuthenticationTokenException", "Missing Authentication Token");
  }
  const sigv4::Authorization given = sigv4::parse_authorization(request.authorization);
  const auto date = date_of(request);
  require_complete(request, given, date.has_value());
  require_current(*date);
  require_signed(request, given.signed_headers);
  const sigv4::Credential credential = credential_of(given);
  require_scope(credential, request, *date);
  const KnownKey key = known_key(request, credential.key);
  require_signature(request, given, credential, *date, key.secret);
  require_token(request, key);
  return {key.account, std::string(credential.region)};
}

void Auth::require_current(std::string_view date) const {
  const auto moment = utc_moment(std::string(date), basic_iso_format);
  if (!moment) {
    throw incomplete("Date must be in ISO-8601 'basic format'. Got " + quoted(date) +
                     ". See http://en.wikipedia.org/wiki/ISO_8601");
  }
  const Millis now = clock_.now();
  if (*moment < now - tolerance) {
    throw invalid_signature("Signature expired: " + std::string(date) + " is now earlier than " +
                            basic(now - tolerance) + " (" + basic(now) + " - 5 min.)");
  }
  if (*moment > now + tolerance) {
    throw invalid_signature("Signature not yet current: " + std::string(date) +
                            " is still later than " + basic(now + tolerance) + " (" + basic(now) +
                            " + 5 min.)");
  }
}

// Returns the key of the credentials file, or that of a session. A session token that papersail did
// not make for this key has another code, which `require_token` refuses.
KnownKey Auth::known_key(const Request& request, std::string_view id) const {
  const auto found = keys_.find(id);
  if (found != keys_.end()) return found->second;
  const auto token = sigv4::value_of(request.headers, "x-amz-security-token");
  const auto session = parse_session(token.value_or(""));
  const auto parent = session ? keys_.find(session->parent) : keys_.end();
  if (parent == keys_.end()) throw unrecognized_client();
  const SessionKeys keys = session_keys(id, *session, parent->second.secret);
  return {keys.secret, parent->second.account, keys.token, session->expiration};
}

// A temporary key requires its own session token and expires.
void Auth::require_token(const Request& request, const KnownKey& key) const {
  const auto token = sigv4::value_of(request.headers, "x-amz-security-token");
  if (!openssl::equal_secrets(token.value_or(""), key.session_token)) throw unrecognized_client();
  if (key.expiration && clock_.now() >= *key.expiration) {
    throw refusal("ExpiredTokenException", "The security token included in the request is expired");
  }
}

}  // namespace papersail
