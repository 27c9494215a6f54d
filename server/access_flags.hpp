// The options of `serve` for authentication, the control API, CORS, TLS and connection limits.
#pragma once

#include <optional>
#include <string>

#include "server/api/auth.hpp"
#include "server/http/options.hpp"

namespace CLI {
class App;
}

namespace papersail {

struct AccessFlags {
  Auth::Mode auth = Auth::Mode::lenient;
  KnownKeys credentials;
  std::string control_token;
  std::optional<unsigned short> control_port;
  std::vector<std::string> cors_origins;
  std::string tls_certificate;  // paths of files
  std::string tls_key;
  std::string tls_certificate_out;
  bool tls_self_signed = false;
  std::size_t max_connections = ServerOptions().max_connections;
};

void add_access_flags(CLI::App& serve, AccessFlags& flags);

// Returns the authentication policy. Throws std::invalid_argument for strict mode without keys.
Auth auth_of(const AccessFlags& flags);

// Returns `options` completed from the flags. Reads the TLS files, or generates the certificate and
// writes it to a file. Throws std::invalid_argument or std::runtime_error.
ServerOptions with_access(ServerOptions options, const AccessFlags& flags);

// Logs warnings if other machines can reach the server without credentials.
void warn_if_open(const ServerOptions& options, const Auth& auth);

// Returns the lines to print after the address: the control API's address and the fingerprint of
// the certificate, each if there is one.
std::string announcement(const ServerOptions& options, const std::string& control_address);

}  // namespace papersail
