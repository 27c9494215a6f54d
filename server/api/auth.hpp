// Who asks, and whether that has to be proved.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/api/sigv4.hpp"
#include "state/clock.hpp"

namespace papersail {

struct Request;

// Whose call it is and where.
struct Scope {
  std::string account;
  std::string region;
};

// From the credential scope and the host, unproved: an access key of twelve digits is the account,
// any other one, or none, the account of zeros.
Scope scope_of(const Request& request);

// What is known of an access key.
struct KnownKey {
  std::string secret;
  std::string account;        // twelve digits
  std::string session_token;  // empty: a key for ever, which comes without one
  std::optional<Millis> expiration;
};
using KnownKeys = std::map<std::string, KnownKey, std::less<>>;  // by access key id

// {"AKIA...": {"secret": "...", "account": "123456789012"}, ...}, with "sessionToken" and
// "expiration" ("2026-01-01T00:00:00Z") for temporary ones. Throws std::invalid_argument that names
// the file, the key and what is wrong; it never quotes a secret.
KnownKeys read_credentials(const std::string& file);

class Auth {
 public:
  // What a request's Authorization header counts for.
  enum class Mode {
    off,      // the region alone: there is one account
    lenient,  // account and region, as it says
    strict    // the same, once its signature has proved it
  };
  // Throws std::invalid_argument for a word that is no mode.
  static Mode mode_of(std::string_view word);

  Auth() = default;
  // Signatures are as old as `clock` says. Throws std::invalid_argument for a strict one without
  // keys: nobody could come in.
  Auth(Mode mode, KnownKeys keys, Clock clock = Clock::real());

  bool strict() const { return mode_ == Mode::strict; }
  // Throws the ApiError of the service's front end when it has to be proved and is not.
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
