// CreateKeyPair, ImportKeyPair, GetKeyPair, GetKeyPairs, DeleteKeyPair, DownloadDefaultKeyPair.
//
// Recorded: the members publicKeyBase64 and privateKeyBase64 hold plain text, not base64.
#include "handlers/key_pairs/key_pairs.hpp"

#include <stdexcept>

#include "crypto/ssh.hpp"
#include "handlers/actions.hpp"
#include "handlers/quotas.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

json make_key(std::uint64_t seed) {
  const ssh::KeyPair pair = ssh::make_rsa(seed);
  return {{"publicText", pair.public_text},
          {"privatePem", pair.private_pem},
          {"fingerprint", ssh::created_key_fingerprint(pair.private_pem)}};
}

// Recorded: a key pair's native id is its name.
Resource new_key_pair(Call& call, const std::string& name) {
  return call.new_resource(type::key_pair, name, "all", name);
}

// Returns the region's default key pair and creates it if necessary. Its key is generated later,
// because most launches do not need it and a key costs as much as the rest of a launch.
Resource find_or_create_default(Call& call) {
  auto found = call.store.find(call.region, type::key_pair, default_key_pair_name);
  if (found) return *found;
  Resource pair = new_key_pair(call, default_key_pair_name);
  pair.doc["tags"] = json::array();  // the call's tags are for the resources that it names
  call.create(pair);
  return pair;
}

void ensure_key(Call& call, Resource& pair) {
  if (pair.internal.contains("privatePem")) return;
  const json key = make_key(call.ids().next());
  pair.doc["fingerprint"] = key.at("fingerprint");
  pair.internal = {{"publicText", key.at("publicText")}, {"privatePem", key.at("privatePem")}};
  call.put(pair);
}

// Only this response contains the private key. Recorded: no response to CreateKeyPair has a
// fingerprint.
json create_key_pair(Call& call) {
  const std::string name = call.in["keyPairName"];
  Resource pair = new_key_pair(call, name);
  call.require_free({name});
  require_quota_for_new(call, type::key_pair);
  json shown = pair.doc.raw();
  const json key = make_key(call.ids().next());
  pair.doc["fingerprint"] = key.at("fingerprint");
  pair.internal = {{"publicText", key.at("publicText")}};
  call.create(pair);
  return {{"keyPair", shown},
          {"publicKeyBase64", key.at("publicText")},
          {"privateKeyBase64", key.at("privatePem")},
          {"operation", call.succeeded(pair)}};
}

json import_key_pair(Call& call) try {
  Resource pair = new_key_pair(call, call.in["keyPairName"]);
  const std::string text = ssh::parse_public_key(call.in["publicKeyBase64"].get<std::string>());
  pair.doc["fingerprint"] = ssh::imported_key_fingerprint(text);
  pair.internal = {{"publicText", text}};
  require_quota_for_new(call, type::key_pair);
  call.create(pair);
  return operation(call.succeeded(pair));
} catch (const std::invalid_argument& error) {
  throw invalid_input(std::string("The public key format is invalid. ") + error.what());
}

json get_key_pair(Call& call) {
  Resource pair = call.get(type::key_pair, call.in["keyPairName"]);
  if (pair.name == default_key_pair_name) ensure_key(call, pair);
  return {{"keyPair", pair.doc.raw()}};
}

// The default key pair is listed on request only.
json get_key_pairs(Call& call) {
  auto default_pair = call.store.find(call.region, type::key_pair, default_key_pair_name);
  if (default_pair && call.flag("includeDefaultKeyPair")) ensure_key(call, *default_pair);
  json out = call.show_list(type::key_pair, "keyPairs");
  if (call.flag("includeDefaultKeyPair")) return out;
  json& pairs = out["keyPairs"];
  for (auto pair = pairs.begin(); pair != pairs.end();) {
    const bool is_default =
        Document::of(std::string(raw_text(*pair))).at("name") == default_key_pair_name;
    pair = is_default ? pairs.erase(pair) : std::next(pair);
  }
  return out;
}

// Instances created with the key pair keep their copy of the public key.
json delete_key_pair(Call& call) {
  Resource pair = call.get(type::key_pair, call.in["keyPairName"]);
  if (pair.name == default_key_pair_name) {
    ensure_key(call, pair);
    if (!call.in.contains("expectedFingerprint")) {
      throw invalid_input("The expected fingerprint is required to delete the key pair " +
                          pair.name + ".");
    }
  }
  const json fingerprint = pair.doc.at("fingerprint");
  if (call.in.value("expectedFingerprint", fingerprint) != fingerprint) {
    throw invalid_input("The expected fingerprint does not match that of the key pair " +
                        pair.name + ".");
  }
  call.store.remove(pair);
  return operation(call.succeeded(pair));
}

json download_default_key_pair(Call& call) {
  const Resource pair = default_key_pair(call);
  return {{"publicKeyBase64", pair.internal.at("publicText")},
          {"privateKeyBase64", pair.internal.at("privatePem")},
          {"createdAt", pair.doc.at("createdAt")}};
}

constexpr Action actions[] = {
    {"CreateKeyPair", create_key_pair},
    {"DeleteKeyPair", delete_key_pair},
    {"DownloadDefaultKeyPair", download_default_key_pair},
    {"GetKeyPair", get_key_pair},
    {"GetKeyPairs", get_key_pairs},
    {"ImportKeyPair", import_key_pair},
};

}  // namespace

std::string key_pair_for_instances(Call& call, bool windows) {
  const std::string name = call.in.value("keyPairName", default_key_pair_name);
  if (name == default_key_pair_name) {
    if (!call.store.has(call.region, name)) find_or_create_default(call);
    return name;
  }
  const Resource pair = call.get(type::key_pair, name);
  if (windows && !pair.internal.at("publicText").get<std::string>().starts_with("ssh-rsa ")) {
    throw invalid_input("The key pair " + name +
                        " cannot be used with a Windows instance, which needs an RSA key.");
  }
  return name;
}

Resource default_key_pair(Call& call) {
  Resource pair = find_or_create_default(call);
  ensure_key(call, pair);
  return pair;
}

const std::span<const Action> key_pair_actions = actions;

}  // namespace papersail
