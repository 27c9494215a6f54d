// Self-signed server certificates.
#pragma once

#include <string>
#include <vector>

#include "crypto/openssl.hpp"

namespace papersail {

struct Certificate {
  std::unique_ptr<X509, openssl::Deleter<X509_free>> certificate;
  openssl::Key key;
};

// Returns a self-signed certificate with a new key for a server with these names and addresses
// ("DNS:localhost", "IP:127.0.0.1"). It is valid for 825 days, the most that browsers accept.
Certificate make_certificate(const std::vector<std::string>& names);

}  // namespace papersail
