#include <cstdio>
#include <filesystem>
#include <fstream>

#include "crypto/ssh.hpp"
#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

struct Machines : Emulator {
  // Creates an instance and waits until it is running.
  void create(const std::string& name, const std::string& blueprint, const std::string& bundle,
              const json& more = json::object()) {
    json request = {{"instanceNames", json::array({name})},
                    {"availabilityZone", "us-east-1a"},
                    {"blueprintId", blueprint},
                    {"bundleId", bundle}};
    request.update(more);
    call("CreateInstances", request);
    advance(seconds(18));
  }
  json access(const std::string& name, const json& more = json::object()) {
    json request = {{"instanceName", name}};
    request.update(more);
    return call("GetInstanceAccessDetails", request)["accessDetails"];
  }
};

// Returns the output of a shell command. `input` is in the file $FILE.
std::string output_of(const std::string& command, const std::string& input) {
  char folder[] = "/tmp/papersail-access-XXXXXX";
  REQUIRE(mkdtemp(folder));
  const std::string file = std::string(folder) + "/input";
  std::ofstream(file) << input;
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  FILE* pipe = popen(("FILE=" + file + "; " + command + " 2>&1").c_str(), "r");
  std::string out;
  for (int c; (c = fgetc(pipe)) != EOF;) out += static_cast<char>(c);
  CHECK(pclose(pipe) == 0);
  std::filesystem::remove_all(folder);
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(
    Machines, "GetInstanceAccessDetails: returns a key and a certificate that OpenSSH accepts") {
  create("web", "ubuntu_24_04", "nano_3_0");
  const json details = access("web");
  CHECK(details["protocol"] == "ssh");
  CHECK(details["username"] == "ubuntu");
  CHECK(details["instanceName"] == "web");
  const json web = call("GetInstance", {{"instanceName", "web"}})["instance"];
  CHECK(details["ipAddress"] == web["publicIpAddress"]);
  CHECK(details["ipv6Addresses"] == web["ipv6Addresses"]);
  CHECK(details["expiresAt"] == timestamp(now() + hours(1)));
  const std::string public_key = output_of("ssh-keygen -y -f $FILE", details["privateKey"]);
  CHECK(public_key == ssh::public_text_of(details["privateKey"].get<std::string>()) + "\n");
  const std::string certificate = output_of("TZ=UTC ssh-keygen -L -f $FILE", details["certKey"]);
  CHECK(certificate.find("ssh-rsa-cert-v01@openssh.com user certificate") != std::string::npos);
  CHECK(certificate.find("Valid: from 2025-12-31T23:55:18 to 2026-01-01T01:00:18") !=
        std::string::npos);
  CHECK(certificate.find("Principals: \n                ubuntu\n") != std::string::npos);
}

TEST_CASE_FIXTURE(
    Machines, "GetInstanceAccessDetails: returns constant host keys with correct fingerprints") {
  create("web", "ubuntu_24_04", "nano_3_0");
  const json details = access("web");
  REQUIRE(details["hostKeys"].size() == 3);
  for (const json& key : details["hostKeys"]) {
    const std::string text =
        key["algorithm"].get<std::string>() + " " + key["publicKey"].get<std::string>();
    CHECK(output_of("ssh-keygen -l -f $FILE", text)
              .find(key["fingerprintSHA256"].get<std::string>() + " ") != std::string::npos);
    CHECK(output_of("ssh-keygen -l -E sha1 -f $FILE", text)
              .find(key["fingerprintSHA1"].get<std::string>() + " ") != std::string::npos);
    CHECK(key["witnessedAt"] == timestamp(now()));
  }
  advance(minutes(10));
  const json later = access("web");
  CHECK(later["hostKeys"] == details["hostKeys"]);
  CHECK(later["privateKey"] != details["privateKey"]);
}

TEST_CASE_FIXTURE(Machines, "DeleteKnownHostKeys: resets witnessedAt and keeps the host keys") {
  create("web", "ubuntu_24_04", "nano_3_0");
  const json before = access("web")["hostKeys"];
  advance(minutes(10));
  const json operation = call("DeleteKnownHostKeys", {{"instanceName", "web"}})["operations"][0];
  CHECK(operation["operationType"] == "DeleteKnownHostKeys");
  CHECK(operation["status"] == "Succeeded");
  const json after = access("web")["hostKeys"];
  CHECK(after[0]["publicKey"] == before[0]["publicKey"]);
  CHECK(after[0]["witnessedAt"] == timestamp(now()));
}

TEST_CASE_FIXTURE(Machines,
                  "GetInstanceAccessDetails: returns no Windows password for fifteen minutes") {
  create("win", "windows_server_2022", "nano_win_3_0");
  json details = access("win", {{"protocol", "rdp"}});
  CHECK(details["protocol"] == "rdp");
  CHECK(details["username"] == "Administrator");
  CHECK(details["password"] == "");
  CHECK(details["passwordData"] ==
        json({{"ciphertext", ""}, {"keyPairName", "LightsailDefaultKeyPair"}}));
  CHECK_FALSE(details.contains("privateKey"));
  advance(minutes(15) - seconds(19));
  CHECK(access("win")["password"] == "");
  advance(seconds(1));
  details = access("win");
  CHECK(details["password"].get<std::string>().size() == 14);
  CHECK(details["passwordData"]["ciphertext"] != "");
  CHECK(access("win") == details);
}

TEST_CASE_FIXTURE(
    Machines, "GetInstanceAccessDetails: encrypts the Windows password for the user's key pair") {
  const std::string key = call("CreateKeyPair", {{"keyPairName", "mine"}})["privateKeyBase64"];
  create("win", "windows_server_2022", "nano_win_3_0", {{"keyPairName", "mine"}});
  call("DeleteKeyPair", {{"keyPairName", "mine"}});  // the instance keeps its copy
  advance(minutes(15));
  const json details = access("win");
  CHECK(details["password"] == "");
  CHECK(details["passwordData"]["keyPairName"] == "mine");
  const std::string ciphertext = details["passwordData"]["ciphertext"];
  const std::string password =
      output_of("echo " + ciphertext +
                    " | base64 -d > $FILE.c && openssl pkeyutl -decrypt -inkey $FILE -in $FILE.c",
                key);
  CHECK(account().store.get("us-east-1", "Instance", "win").internal.at("password") == password);
}

TEST_CASE_FIXTURE(
    Machines,
    "GetInstanceAccessDetails: refuses an instance that is not running and the wrong protocol") {
  create("web", "ubuntu_24_04", "nano_3_0");
  create("win", "windows_server_2022", "nano_win_3_0");
  CHECK(refused("GetInstanceAccessDetails", {{"instanceName", "web"}, {"protocol", "rdp"}}).type ==
        "InvalidInputException");
  CHECK(refused("GetInstanceAccessDetails", {{"instanceName", "win"}, {"protocol", "ssh"}}).type ==
        "InvalidInputException");
  call("StopInstance", {{"instanceName", "web"}});
  const Refused refusal = refused("GetInstanceAccessDetails", {{"instanceName", "web"}});
  CHECK(refusal.type == "OperationFailureException");
  CHECK(refusal.message ==
        "You can only access the instance when it is running. The current state of your instance "
        "is: stopping");
  CHECK(refused("GetInstanceAccessDetails", {{"instanceName", "nope"}}).type ==
        "NotFoundException");
}

TEST_CASE_FIXTURE(Machines, "CreateInstances: refuses a key pair for Windows that cannot encrypt") {
  call("ImportKeyPair", {{"keyPairName", "mine"},
                         {"publicKeyBase64",
                          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICN3dYEBCwHAf8peta4enA1z2FJ4cDg7Lxln"
                          "Lyh5OwwF"}});
  CHECK(refused("CreateInstances", {{"instanceNames", json::array({"win"})},
                                    {"availabilityZone", "us-east-1a"},
                                    {"blueprintId", "windows_server_2022"},
                                    {"bundleId", "nano_win_3_0"},
                                    {"keyPairName", "mine"}})
            .type == "InvalidInputException");
}

}  // namespace papersail
