// The options of `serve` that say who gets in, and how.
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
  std::string auth = "lenient";
  std::string credentials;  // a file
  std::string control_token;
  std::optional<unsigned short> control_port;
  std::vector<std::string> cors_origins;
  std::string tls_certificate;  // files
  std::string tls_key;
  std::string tls_certificate_out;
  bool tls_self_signed = false;
  std::size_t max_connections = ServerOptions().max_connections;
};

void add_access_flags(CLI::App& serve, AccessFlags& flags);

// Who is asked for proof of what. Throws std::invalid_argument for flags that cannot be.
Auth auth_of(const AccessFlags& flags);

// `where`, with all that the flags say of it. Reads the files of TLS, or makes and writes them.
// Throws std::invalid_argument, std::runtime_error.
ServerOptions with_access(ServerOptions options, const AccessFlags& flags);

// Logs a warning of what other machines may do, if they can reach the server.
void warn_if_open(const ServerOptions& options, const Auth& auth);

// A line each of what a client has to know beside the address: the control API's own, TLS.
std::string announcement(const ServerOptions& options, const std::string& control_address);

}  // namespace papersail
