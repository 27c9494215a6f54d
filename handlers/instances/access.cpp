// GetInstanceAccessDetails, DeleteKnownHostKeys.
#include "handlers/instances/access.hpp"

#include "crypto/ssh.hpp"
#include "handlers/actions.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/key_pairs/key_pairs.hpp"
#include "handlers/refusals.hpp"

namespace papersail {
namespace {

constexpr Millis access_lasts = hours(1);  // the service says only that it is short

json make_access_key(std::uint64_t seed) {
  const ssh::KeyPair pair = ssh::make_rsa(seed);
  return {{"publicText", pair.public_text}, {"privatePem", pair.private_pem}};
}

json make_host_keys(std::uint64_t seed) {
  json out = json::array();
  for (const auto& key : ssh::make_host_keys(seed)) {
    out.push_back({{"algorithm", key.algorithm},
                   {"publicKey", key.public_key},
                   {"fingerprintSHA1", ssh::fingerprint_sha1(key.public_key)},
                   {"fingerprintSHA256", ssh::fingerprint_sha256(key.public_key)}});
  }
  return out;
}

// The host keys never change. DeleteKnownHostKeys resets the time at which they were witnessed.
json host_keys(Call& call, Resource& instance) {
  Document& internal = instance.internal;
  if (!internal.contains("hostKeys")) internal["hostKeys"] = make_host_keys(call.ids().next());
  if (!internal.contains("witnessedAt")) internal["witnessedAt"] = call.now();
  call.put(instance);
  json out = internal.at("hostKeys");
  for (json& key : out) key["witnessedAt"] = timestamp(internal.at("witnessedAt"));
  return out;
}

// Returns a certificate for a key that is new in each response, signed by the region's CA.
json ssh_access(Call& call, Resource& instance) {
  const json key = make_access_key(call.ids().next());
  const std::string username = instance.doc.at("username");
  const auto valid_after = static_cast<std::uint64_t>((call.now() - minutes(5)) / 1000);
  const auto valid_before = static_cast<std::uint64_t>((call.now() + access_lasts) / 1000);
  const std::string certificate = ssh::make_certificate(
      {key.at("publicText"), call.ids().constant("ssh authority of " + call.region),
       call.ids().next() >> 1, instance.doc.at("arn"), username, valid_after, valid_before});
  return {{"certKey", certificate},
          {"privateKey", key.at("privatePem")},
          {"expiresAt", timestamp(static_cast<Millis>(valid_before) * 1000)},
          {"hostKeys", host_keys(call, instance)}};
}

// Until Windows has booted and set the password, both texts are empty. With a key pair of the user,
// the response has only the ciphertext.
json rdp_access(Call& call, Resource& instance) {
  const bool own_key = instance.doc.at("sshKeyName") != default_key_pair_name;
  json out = {
      {"password", ""},
      {"passwordData", {{"ciphertext", ""}, {"keyPairName", instance.doc.at("sshKeyName")}}}};
  const Millis ready =
      moment_of(instance.doc.at("createdAt")) + call.store.lifecycle().delay("windows-password");
  if (call.now() < ready) return out;
  const std::string password = instance.internal.at("password");
  const std::string public_text = own_key ? instance.internal.at("publicText")
                                          : default_key_pair(call).internal.at("publicText");
  out["passwordData"]["ciphertext"] =
      ssh::encrypt_for(public_text, password, call.ids().constant(instance.name));
  if (!own_key) out["password"] = password;
  return out;
}

std::string protocol_of(const Call& call, const Resource& instance) {
  const std::string usual = is_windows(instance) ? "rdp" : "ssh";
  const std::string wanted = call.in.value("protocol", usual);
  if (wanted != usual) {
    throw invalid_input("The protocol " + wanted + " is not available for the instance " +
                        instance.name + ", which is reached by " + usual + ".");
  }
  return wanted;
}

json get_instance_access_details(Call& call) {
  Resource instance = instance_of(call);
  require_state(instance, "access", {"running"});
  const std::string protocol = protocol_of(call, instance);
  json details = protocol == "ssh" ? ssh_access(call, instance) : rdp_access(call, instance);
  details.update({{"protocol", protocol},
                  {"instanceName", instance.name},
                  {"username", instance.doc.at("username")}});
  if (instance.doc.contains("publicIpAddress")) {
    details["ipAddress"] = instance.doc["publicIpAddress"];
  }
  details["ipv6Addresses"] = instance.doc.value("ipv6Addresses", json::array());
  return {{"accessDetails", details}};
}

// The next GetInstanceAccessDetails sets a new time for the host keys.
json delete_known_host_keys(Call& call) {
  Resource instance = instance_of(call);
  instance.internal.erase("witnessedAt");
  call.put(instance);
  return operations({call.succeeded(instance)});
}

constexpr Action actions[] = {
    {"DeleteKnownHostKeys", delete_known_host_keys},
    {"GetInstanceAccessDetails", get_instance_access_details},
};

}  // namespace

// Fourteen characters of four kinds, without characters that look alike.
std::string windows_password(Ids& ids) {
  return ids.characters("ABCDEFGHJKLMNPQRSTUVWXYZ", 4) + ids.characters("!@#$%&*?=-", 2) +
         ids.characters("abcdefghijkmnpqrstuvwxyz", 5) + ids.characters("23456789", 3);
}

const std::span<const Action> instance_access_actions = actions;

}  // namespace papersail
