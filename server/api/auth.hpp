// Authentication: which account and region a request belongs to.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/api/session.hpp"
#include "server/api/sigv4.hpp"
#include "state/clock.hpp"

namespace papersail {

struct Request;

// The account and region of a call.
struct Scope {
  std::string account;
  std::string region;
};

// Reads the scope from the credential and the host, without verification. An access key of twelve
// digits is the account, and that of a session (session.hpp) contains it; any other key, or none,
// means account 000000000000.
Scope scope_of(const Request& request);
// Returns the access key id of the Authorization header, or of a presigned URL; "" if there is
// none.
std::string access_key_of(const Request& request);

// An access key of the credentials file.
struct KnownKey {
  std::string secret;
  std::string account;        // twelve digits
  std::string session_token;  // empty: a long-term key, sent without a token
  std::optional<Millis> expiration;
};
using KnownKeys = std::map<std::string, KnownKey, std::less<>>;  // by access key id

// Reads {"AKIA...": {"secret": "...", "account": "123456789012"}, ...}; temporary keys also have
// "sessionToken" and "expiration" ("2026-01-01T00:00:00Z"). Throws std::invalid_argument that names
// the file, the key and the reason; the message never quotes a secret.
KnownKeys read_credentials(const std::string& file);

class Auth {
 public:
  // How the Authorization header is used.
  enum class Mode {
    off,      // only the region; all requests share one account
    lenient,  // account and region, without verification
    strict    // account and region, after verifying the signature
  };
  // Throws std::invalid_argument for an unknown mode.
  static Mode mode_of(std::string_view word);

  Auth() = default;
  // `clock` decides if a signature has expired. Throws std::invalid_argument for strict mode
  // without keys, which would refuse every request.
  Auth(Mode mode, KnownKeys keys, Clock clock = Clock::real());

  bool strict() const { return mode_ == Mode::strict; }
  // Returns the scope of the request. In strict mode, throws the ApiError of the service's front
  // end if the signature is not valid.
  Scope scope_of(const Request& request) const;
  // Returns the account in which `caller` gets a role of account `wanted`: the account of
  // `wanted`, except without accounts (off). Throws access_denied in strict mode if the two differ:
  // papersail knows no rights between accounts.
  std::string role_account(const std::string& caller, const std::string& wanted) const;
  // Returns temporary keys with this id that the owner of key `session.parent` may use. Shortens
  // the session to the life of that key.
  SessionKeys issue(std::string_view id, Session& session) const;
  // Returns the present time, which decides if keys have expired.
  Millis now() const { return clock_.now(); }

 private:
  Scope proven_scope(const Request& request) const;
  void require_current(std::string_view date) const;
  KnownKey known_key(const Request& request, std::string_view id) const;
  void require_token(const Request& request, const KnownKey& key) const;

  Mode mode_ = Mode::lenient;
  KnownKeys keys_;
  Clock clock_ = Clock::real();
};

}  // namespace papersail
