// Authentication: which account and region a request belongs to.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

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
// digits is the account; any other key, or none, means account 000000000000.
Scope scope_of(const Request& request);

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

 private:
  Scope proven_scope(const Request& request) const;
  void require_current(std::string_view date) const;
  const KnownKey& known_key(std::string_view id) const;
  void require_token(const Request& request, const KnownKey& key) const;

  Mode mode_ = Mode::lenient;
  KnownKeys keys_;
  Clock clock_ = Clock::real();
};

}  // namespace papersail
