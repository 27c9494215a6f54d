// A certificate of our own making.
#pragma once

#include <string>
#include <vector>

#include "crypto/openssl.hpp"

namespace papersail {

struct Certificate {
  std::unique_ptr<X509, openssl::Deleter<X509_free>> certificate;
  openssl::Key key;
};

// For a server with these names and addresses ("DNS:localhost", "IP:127.0.0.1"), signed by its own
// new key, good for as long as browsers accept (825 days).
Certificate make_certificate(const std::vector<std::string>& names);

}  // namespace papersail
