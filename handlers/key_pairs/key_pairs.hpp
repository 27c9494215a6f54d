// What the actions on key pairs share with those on instances.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// The region's own key pair, for machines that are given no other.
inline const std::string default_key_pair_name = "LightsailDefaultKeyPair";

// The name of the key pair that the machines of a call get: the one that keyPairName names, or the
// default one, which is made if the region has none. Windows needs an RSA key, to encrypt its
// password. Throws not_found or invalid_input.
std::string key_pair_for_instances(Call& call, bool windows);

// The default key pair with its key, which this makes if no call needed it before. Its internal
// state holds "publicText" and "privatePem".
Resource default_key_pair(Call& call);

}  // namespace papersail
