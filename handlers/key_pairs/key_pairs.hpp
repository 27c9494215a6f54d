// The functions on key pairs that handlers of instances use.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// The region's own key pair, used by instances whose request has no keyPairName.
inline const std::string default_key_pair_name = "LightsailDefaultKeyPair";

// Returns the name of the key pair for the instances of a call: keyPairName of the input, or the
// default key pair, which is created if the region has none. Windows needs an RSA key to encrypt
// its password. Throws not_found or invalid_input.
std::string key_pair_for_instances(Call& call, bool windows);

// Returns the default key pair with its key. Generates the key at the first use. Its `internal`
// holds "publicText" and "privatePem".
Resource default_key_pair(Call& call);

}  // namespace papersail
