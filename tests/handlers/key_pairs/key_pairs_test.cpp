#include "crypto/ssh.hpp"
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

const std::string ed25519 =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICN3dYEBCwHAf8peta4enA1z2FJ4cDg7LxlnLyh5OwwF";

const json mine = {{"keyPairName", "mine"}};
const json default_pair = {{"keyPairName", "LightsailDefaultKeyPair"}};

}  // namespace

TEST_CASE_FIXTURE(Emulator, "CreateKeyPair: returns an RSA key pair in plain text") {
  const json made = call("CreateKeyPair", mine);
  const std::string private_key = made["privateKeyBase64"];
  CHECK(private_key.starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
  CHECK(made["publicKeyBase64"] == ssh::public_text_of(private_key));
  CHECK(made["keyPair"]["name"] == "mine");
  CHECK(made["keyPair"]["location"] ==
        json({{"availabilityZone", "all"}, {"regionName", "us-east-1"}}));
  CHECK(made["keyPair"]["supportCode"].get<std::string>().ends_with("/mine"));
  CHECK_FALSE(made["keyPair"].contains("fingerprint"));
  CHECK(made["operation"]["operationType"] == "CreateKeyPair");
  CHECK(made["operation"]["status"] == "Succeeded");
  CHECK(made["operation"]["location"]["availabilityZone"] == "all");
  const json kept = call("GetKeyPair", mine)["keyPair"];
  CHECK(kept["fingerprint"] == ssh::created_key_fingerprint(private_key));
  CHECK(kept["createdAt"] == made["keyPair"]["createdAt"]);
}

TEST_CASE_FIXTURE(Emulator,
                  "CreateKeyPair: generates a new key for each name and refuses used names") {
  const json first = call("CreateKeyPair", mine);
  CHECK(call("CreateKeyPair", {{"keyPairName", "yours"}})["publicKeyBase64"] !=
        first["publicKeyBase64"]);
  CHECK(refused("CreateKeyPair", mine).code == "NameExists");
  CHECK(refused("CreateKeyPair", {{"keyPairName", "a b"}}).type == "InvalidInputException");
}

TEST_CASE_FIXTURE(Emulator, "ImportKeyPair: accepts an OpenSSH key and shows EC2's fingerprint") {
  const json operation =
      call("ImportKeyPair",
           {{"keyPairName", "mine"}, {"publicKeyBase64", ed25519 + " me@home\n"}})["operation"];
  CHECK(operation["operationType"] == "ImportKeyPair");
  CHECK(operation["status"] == "Succeeded");
  CHECK(call("GetKeyPair", mine)["keyPair"]["fingerprint"] ==
        ssh::imported_key_fingerprint(ed25519));
}

TEST_CASE_FIXTURE(Emulator, "ImportKeyPair: refuses invalid keys and stores nothing") {
  for (const std::string& invalid_key :
       {std::string("AAAA"), std::string("ssh-rsa AAAA"), ed25519.substr(0, 60),
        "c3NoLXJzYSBBQUFB" + std::string(), "ssh-dss " + ed25519.substr(12)}) {
    const Refused refusal =
        refused("ImportKeyPair", {{"keyPairName", "mine"}, {"publicKeyBase64", invalid_key}});
    CHECK(refusal.type == "InvalidInputException");
    CHECK(refusal.message.starts_with("The public key format is invalid. "));
  }
  CHECK(call("GetKeyPairs")["keyPairs"].empty());
}

TEST_CASE_FIXTURE(
    Emulator,
    "DownloadDefaultKeyPair: creates the key pair at first use and returns it again later") {
  const json made = call("DownloadDefaultKeyPair");
  CHECK(made["createdAt"] == test_start / 1000.0);
  advance(days(1));
  CHECK(call("DownloadDefaultKeyPair") == made);
  act_as("test", "eu-west-1");
  CHECK(call("DownloadDefaultKeyPair")["publicKeyBase64"] != made["publicKeyBase64"]);
}

TEST_CASE_FIXTURE(Emulator, "GetKeyPairs: lists the default key pair on request") {
  call("CreateInstances", {{"instanceNames", json::array({"web"})},
                           {"availabilityZone", "us-east-1a"},
                           {"blueprintId", "ubuntu_24_04"},
                           {"bundleId", "nano_3_0"}});
  call("CreateKeyPair", mine);
  const json listed = call("GetKeyPairs")["keyPairs"];
  REQUIRE(listed.size() == 1);
  CHECK(listed[0]["name"] == "mine");
  const json all = call("GetKeyPairs", {{"includeDefaultKeyPair", true}})["keyPairs"];
  REQUIRE(all.size() == 2);
  CHECK(all[1]["name"] == "LightsailDefaultKeyPair");
  const std::string key = call("DownloadDefaultKeyPair")["privateKeyBase64"];
  CHECK(all[1]["fingerprint"] == ssh::created_key_fingerprint(key));
  CHECK(call("GetActiveNames")["activeNames"] == json({"mine", "web"}));
}

TEST_CASE_FIXTURE(Emulator, "DeleteKeyPair: deletes the key pair and frees its name") {
  call("CreateKeyPair", mine);
  const json operation = call("DeleteKeyPair", mine)["operation"];
  CHECK(operation["operationType"] == "DeleteKeyPair");
  CHECK(operation["status"] == "Succeeded");
  CHECK(refused("GetKeyPair", mine).type == "NotFoundException");
  CHECK(refused("DeleteKeyPair", mine).message == "The KeyPair does not exist: mine");
  call("CreateKeyPair", mine);
}

TEST_CASE_FIXTURE(Emulator,
                  "DeleteKeyPair: requires the fingerprint to delete the default key pair") {
  const json before = call("DownloadDefaultKeyPair");
  const json fingerprint = call("GetKeyPair", default_pair)["keyPair"]["fingerprint"];
  CHECK(refused("DeleteKeyPair", default_pair).type == "InvalidInputException");
  json request = default_pair;
  request["expectedFingerprint"] = "00:11";
  CHECK(refused("DeleteKeyPair", request).type == "InvalidInputException");
  CHECK(call("DownloadDefaultKeyPair") == before);
  request["expectedFingerprint"] = fingerprint;
  call("DeleteKeyPair", request);
  CHECK(refused("GetKeyPair", default_pair).type == "NotFoundException");
  advance(seconds(5));
  const json after = call("DownloadDefaultKeyPair");
  CHECK(after["publicKeyBase64"] != before["publicKeyBase64"]);
  CHECK(after["createdAt"] == (test_start + 5000) / 1000.0);
}

}  // namespace papersail
