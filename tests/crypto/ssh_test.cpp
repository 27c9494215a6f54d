#include "crypto/ssh.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace papersail::ssh;
using namespace std::string_literals;

struct Outcome {
  std::string output;  // without trailing white space
  int status = -1;
};

// A temporary folder in which commands run.
class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "papersail-ssh-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = pattern;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  // Makes the file readable by its owner only, which ssh-keygen requires.
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    fs::permissions(path_ / name, fs::perms::owner_read | fs::perms::owner_write);
  }

  std::string read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  Outcome run(const std::string& command) const {
    const auto line = "cd '" + path_.string() + "' && { " + command + "; } 2>/dev/null </dev/null";
    FILE* pipe = popen(line.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("popen failed");
    Outcome result;
    for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) result.output += static_cast<char>(c);
    const int status = pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result.output.resize(result.output.find_last_not_of(" \r\n") + 1);
    return result;
  }

  std::string output_of(const std::string& command) const {
    const auto result = run(command);
    INFO(command);
    CHECK(result.status == 0);
    return result.output;
  }

 private:
  fs::path path_;
};

std::string word(const std::string& line, std::size_t index) {
  std::size_t start = 0;
  for (; index > 0; --index) start = line.find(' ', start) + 1;
  return line.substr(start, line.find(' ', start) - start);
}

// Independent implementations of base64 and of SSH strings, so that the tests do not depend on
// those of the module.
std::string base64(const std::string& data) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (std::size_t i = 0; i < data.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = i; j < i + 3; ++j) {
      group = group << 8 | (j < data.size() ? static_cast<unsigned char>(data[j]) : 0U);
    }
    for (const int shift : {18, 12, 6, 0}) result += digits[group >> shift & 63];
  }
  if (data.size() % 3 > 0) result.replace(result.size() - 3 + data.size() % 3, 2, "==");
  return result.substr(0, (data.size() + 2) / 3 * 4);
}

std::string wire(const std::string& text) {
  const auto size = text.size();
  return std::string("\0\0", 2) + static_cast<char>(size >> 8) + static_cast<char>(size & 255) +
         text;
}

// Encodes a number of `bits` bits that are all 1, which is odd.
std::string ones(std::size_t bits) {
  std::string data(bits / 8, '\xff');
  return wire(static_cast<char>((1 << bits % 8) - 1) + data);
}

std::string rsa(const std::string& exponent, const std::string& modulus) {
  return "ssh-rsa " + base64(wire("ssh-rsa") + exponent + modulus);
}

std::string ed25519(std::size_t size) {
  return "ssh-ed25519 " + base64(wire("ssh-ed25519") + wire(std::string(size, 'k')));
}

const auto three = "\0\0\0\1\3"s;

CertificateRequest sample_request() {
  return {.subject_public_text = make_rsa(1).public_text,
          .ca_seed = 5,
          .serial = 18446744073709551615U,
          .key_id = "web one",
          .principal = "ubuntu",
          .valid_after = 1600000000,
          .valid_before = 1600003600};
}

}  // namespace

TEST_CASE("make_rsa: returns a private key that openssl accepts as valid and 2048 bits long") {
  const Folder folder;
  const auto pem = make_rsa(1).private_pem;
  CHECK(pem.starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
  CHECK(pem.ends_with("-----END RSA PRIVATE KEY-----\n"));
  folder.write("k.pem", pem);
  CHECK(folder.output_of("openssl rsa -in k.pem -check -noout") == "RSA key ok");
  const auto text = folder.output_of("openssl rsa -in k.pem -text -noout");
  CHECK(text.find("Private-Key: (2048 bit, 2 primes)") != std::string::npos);
  CHECK(text.find("publicExponent: 65537 (0x10001)") != std::string::npos);
}

TEST_CASE("make_rsa: returns the public text that ssh-keygen derives from the private key") {
  const Folder folder;
  const auto pair = make_rsa(2);
  folder.write("k.pem", pair.private_pem);
  CHECK(folder.output_of("ssh-keygen -y -f k.pem") == pair.public_text);
}

// An independent implementation in Python gave the expected value.
TEST_CASE("make_rsa: returns the same key for a seed in every process") {
  CHECK(fingerprint_sha256(make_rsa(1).public_text) ==
        "SHA256:hDgJTwDyll/gWIpU+em3eR3yx00t+oNI1l1Gx8bfP6E");
}

TEST_CASE("make_rsa: returns the key of each seed when threads call it at the same time") {
  std::vector<std::future<KeyPair>> pairs;
  for (const std::uint64_t seed : {3U, 4U, 3U, 4U}) {
    pairs.push_back(std::async(std::launch::async, make_rsa, seed));
  }
  std::vector<std::string> pems;
  for (auto& pair : pairs) pems.push_back(pair.get().private_pem);
  CHECK(pems[0] == pems[2]);
  CHECK(pems[1] == pems[3]);
  CHECK(pems[0] != pems[1]);
  CHECK(pems[0] == make_rsa(3).private_pem);
}

TEST_CASE("public_text_of: returns the public half of a generated private key") {
  const auto pair = make_rsa(1);
  CHECK(public_text_of(pair.private_pem) == pair.public_text);
}

TEST_CASE("public_text_of: refuses anything but an unencrypted RSA key") {
  const Folder folder;
  const auto pem = make_rsa(1).private_pem;
  folder.write("k.pem", pem);
  folder.output_of("openssl rsa -in k.pem -aes128 -passout pass:x -traditional -out locked.pem");
  folder.output_of("openssl genpkey -algorithm ed25519 -out ed.pem");
  for (const auto& bad : {folder.read("locked.pem"), folder.read("ed.pem"), ""s, "rubbish"s,
                          pem.substr(0, pem.size() / 2), std::string(20000, '-')}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(public_text_of(bad), std::invalid_argument);
  }
  CHECK_THROWS_AS(public_text_of({}), std::invalid_argument);
}

TEST_CASE("make_host_keys: returns three keys that ssh-keygen reads") {
  const Folder folder;
  const auto keys = make_host_keys(1);
  const std::pair<std::string, std::string> expected[] = {
      {"ssh-rsa", "2048 MD5: (RSA)"},
      {"ecdsa-sha2-nistp256", "256 MD5: (ECDSA)"},
      {"ssh-ed25519", "256 MD5: (ED25519)"}};
  REQUIRE(keys.size() == 3);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    CHECK(keys[i].algorithm == expected[i].first);
    folder.write("k.pub", keys[i].algorithm + ' ' + keys[i].public_key + '\n');
    const auto line = folder.output_of("ssh-keygen -l -E md5 -f k.pub");
    CHECK(word(line, 0) + " MD5: " + line.substr(line.rfind('(')) == expected[i].second);
  }
}

TEST_CASE("make_host_keys: returns an ECDSA key that is a point on its curve") {
  const Folder folder;
  const auto keys = make_host_keys(2);
  folder.write("k.pub", keys[1].algorithm + ' ' + keys[1].public_key + '\n');
  folder.output_of("ssh-keygen -e -m PKCS8 -f k.pub >k.pem");
  CHECK(folder.output_of("openssl pkey -pubin -in k.pem -pubcheck -noout") == "Key is valid");
}

TEST_CASE("make_host_keys: returns keys that depend on the seed, and differ from make_rsa's key") {
  std::set<std::string> blobs;
  for (const std::uint64_t seed : {1U, 2U, 1U}) {
    for (const auto& key : make_host_keys(seed)) blobs.insert(key.public_key);
  }
  CHECK(blobs.size() == 6);
  CHECK(blobs.count(word(make_rsa(1).public_text, 1)) == 0);
}

TEST_CASE("Fingerprints: equal those of ssh-keygen -l for keys of each type") {
  const Folder folder;
  for (const auto& key : make_host_keys(3)) {
    const auto text = key.algorithm + ' ' + key.public_key;
    folder.write("k.pub", text + '\n');
    CHECK(fingerprint_sha1(text) == word(folder.output_of("ssh-keygen -l -E sha1 -f k.pub"), 1));
    CHECK(fingerprint_sha256(text) == word(folder.output_of("ssh-keygen -l -f k.pub"), 1));
  }
}

TEST_CASE("Fingerprints: ignore a comment and a missing type") {
  const auto text = ed25519(32);
  CHECK(fingerprint_sha1(text + " me@home two") == fingerprint_sha1(text));
  CHECK(fingerprint_sha256(word(text, 1)) == fingerprint_sha256(text));
}

TEST_CASE("Fingerprints: refuse an invalid key") {
  const auto blob = word(ed25519(32), 1);
  for (const auto& bad : {""s, " "s, "ssh-rsa"s, "ssh-rsa "s + blob, "no key"s, "AAAA"s,
                          "AAAAAAA="s, blob + '=', blob + blob.substr(0, 3)}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(fingerprint_sha1(bad), std::invalid_argument);
    CHECK_THROWS_AS(fingerprint_sha256(bad), std::invalid_argument);
  }
}

TEST_CASE("created_key_fingerprint: returns openssl's SHA-1 of the key in PKCS#8") {
  const Folder folder;
  const auto pem = make_rsa(1).private_pem;
  folder.write("k.pem", pem);
  const auto line = folder.output_of(
      "openssl pkcs8 -in k.pem -inform PEM -outform DER -topk8 -nocrypt | openssl sha1 -c");
  CHECK(created_key_fingerprint(pem).size() == 59);
  CHECK(created_key_fingerprint(pem) == line.substr(line.rfind(' ') + 1));
}

TEST_CASE("created_key_fingerprint: refuses a text that is not a private key") {
  CHECK_THROWS_AS(created_key_fingerprint(""), std::invalid_argument);
  CHECK_THROWS_AS(created_key_fingerprint(ed25519(32)), std::invalid_argument);
}

TEST_CASE("imported_key_fingerprint: returns openssl's MD5 of the public key for an RSA key") {
  const Folder folder;
  const auto text = make_rsa(1).public_text;
  folder.write("k.pub", text + " me@home\n");
  const auto line = folder.output_of(
      "ssh-keygen -ef k.pub -m PEM | openssl rsa -RSAPublicKey_in -outform DER | openssl md5 -c");
  CHECK(imported_key_fingerprint(text).size() == 47);
  CHECK(imported_key_fingerprint(text + " me@home") == line.substr(line.rfind(' ') + 1));
}

TEST_CASE("imported_key_fingerprint: returns ssh-keygen's base64 for Ed25519, padded") {
  const Folder folder;
  folder.write("k.pub", ed25519(32) + '\n');
  const auto printed = word(folder.output_of("ssh-keygen -l -f k.pub"), 1);
  CHECK("SHA256:" + imported_key_fingerprint(ed25519(32)) == printed + '=');
}

TEST_CASE("imported_key_fingerprint: accepts the largest valid key") {
  CHECK(imported_key_fingerprint(rsa(ones(16383), ones(16384))).size() == 47);
}

TEST_CASE("imported_key_fingerprint: refuses an invalid key") {
  CHECK_THROWS_AS(imported_key_fingerprint(ed25519(31)), std::invalid_argument);
}

TEST_CASE("parse_public_key: reads the keys of ssh-keygen and drops the comment") {
  const Folder folder;
  for (const std::string options : {"-t rsa -b 2048", "-t ed25519"}) {
    CAPTURE(options);
    folder.output_of("rm -f k k.pub; ssh-keygen -q -N '' -C 'me at home' " + options + " -f k");
    const auto line = folder.read("k.pub");
    REQUIRE(line.ends_with(" me at home\n"));
    CHECK(parse_public_key(line) + " me at home\n" == line);
  }
}

TEST_CASE("parse_public_key: ignores white space around and between the words") {
  const auto text = ed25519(32);
  CHECK(parse_public_key(" \r\n\t" + text + " \r\n\r\n") == text);
  CHECK(parse_public_key("ssh-ed25519 \t " + word(text, 1) + "\ta\tb") == text);
}

TEST_CASE("parse_public_key: accepts RSA keys at the limits") {
  for (const auto& good : {rsa(three, ones(1024)), rsa(three, ones(1031)), rsa(three, ones(16384)),
                           rsa(ones(1023), ones(1024))}) {
    CHECK(parse_public_key(good) == good);
  }
}

TEST_CASE("parse_public_key: refuses an invalid key") {
  const auto ed = ed25519(32);
  const auto ed_blob = wire("ssh-ed25519") + wire(std::string(32, 'k'));
  const auto rsa_blob = wire("ssh-rsa") + three + ones(1024);
  const auto even = wire('\0' + std::string(127, '\xff') + '\xfe');
  const std::pair<const char*, std::string> table[] = {
      {"empty", ""},
      {"blank", " \n"},
      {"a type alone", "ssh-rsa"},
      {"a blob alone", word(ed, 1)},
      {"options first", "no-pty " + ed},
      {"a type unknown to Lightsail", "ssh-dss " + base64(wire("ssh-dss") + three)},
      {"a type in capitals", "SSH-ED25519 " + base64(ed_blob)},
      {"a private key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n"},
      {"two lines", ed + '\n' + ed},
      {"a comment of two lines", ed + " me\nyou"},
      {"a NUL", ed + " me" + '\0'},
      {"too long a comment", ed + ' ' + std::string(16384, 'c')},
      {"an invalid character in the base64", "ssh-ed25519 !" + word(ed, 1).substr(1)},
      {"white space in the base64", "ssh-ed25519 " + word(ed, 1).insert(8, " ")},
      {"base64 without padding", "ssh-rsa " + base64(rsa_blob).substr(0, 199)},
      {"base64 of padding only", "ssh-rsa ===="},
      {"base64 with unused bits set", "ssh-rsa " + base64(rsa_blob).replace(198, 1, "9")},
      {"a text of type RSA with an Ed25519 blob", "ssh-rsa " + base64(ed_blob)},
      {"a text of type Ed25519 with an RSA blob", "ssh-ed25519 " + base64(rsa_blob)},
      {"a blob with an empty type", "ssh-rsa " + base64(wire("") + three + ones(1024))},
      {"a length without its bytes", "ssh-rsa " + base64("\x7f\xff\xff\xff")},
      {"half a length", "ssh-rsa " + base64("\0\0"s)},
      {"an Ed25519 key of 31 bytes", ed25519(31)},
      {"an Ed25519 key of 33 bytes", ed25519(33)},
      {"an Ed25519 key cut short", "ssh-ed25519 " + base64(ed_blob.substr(0, 50))},
      {"an Ed25519 key with an extra byte", "ssh-ed25519 " + base64(ed_blob + '\0')},
      {"an RSA key cut short", "ssh-rsa " + base64(rsa_blob.substr(0, rsa_blob.size() - 1))},
      {"an RSA key without a modulus", "ssh-rsa " + base64(wire("ssh-rsa") + three)},
      {"an RSA key with an extra byte", "ssh-rsa " + base64(rsa_blob + '\0')},
      {"a modulus of 1023 bits", rsa(three, ones(1023))},
      {"a modulus of 16385 bits", rsa(three, ones(16385))},
      {"an even modulus", rsa(three, even)},
      {"a negative modulus", rsa(three, wire(std::string(128, '\xff')))},
      {"a modulus with leading zeros", rsa(three, wire("\0\0"s + std::string(128, '\xff')))},
      {"the exponent 0", rsa(wire(""), ones(1024))},
      {"the exponent 0 as a byte", rsa(wire("\0"s), ones(1024))},
      {"the exponent 1", rsa(wire("\1"), ones(1024))},
      {"the exponent 2", rsa(wire("\2"), ones(1024))},
      {"an exponent as large as the modulus", rsa(ones(1024), ones(1024))},
  };
  for (const auto& row : table) {
    CAPTURE(row.first);
    CHECK_THROWS_AS(parse_public_key(row.second), std::invalid_argument);
  }
}

TEST_CASE("make_certificate: returns a certificate whose fields ssh-keygen -L reads") {
  const Folder folder;
  const auto request = sample_request();
  folder.write("k-cert.pub", make_certificate(request) + '\n');
  const auto subject = fingerprint_sha256(request.subject_public_text);
  const auto authority = fingerprint_sha256(authority_public_text(5));
  CHECK(folder.output_of("TZ=UTC ssh-keygen -L -f k-cert.pub") ==
        "k-cert.pub:\n"
        "        Type: ssh-rsa-cert-v01@openssh.com user certificate\n"
        "        Public key: RSA-CERT " +
            subject +
            "\n"
            "        Signing CA: ED25519 " +
            authority +
            " (using ssh-ed25519)\n"
            "        Key ID: \"web one\"\n"
            "        Serial: 18446744073709551615\n"
            "        Valid: from 2020-09-13T12:26:40 to 2020-09-13T13:26:40\n"
            "        Principals: \n"
            "                ubuntu\n"
            "        Critical Options: (none)\n"
            "        Extensions: \n"
            "                permit-X11-forwarding\n"
            "                permit-agent-forwarding\n"
            "                permit-port-forwarding\n"
            "                permit-pty\n"
            "                permit-user-rc");
}

TEST_CASE("make_certificate: returns a certificate that ssh-keygen rejects when it is altered") {
  const Folder folder;
  auto text = make_certificate(sample_request());
  folder.write("k-cert.pub", text + '\n');
  REQUIRE(folder.run("ssh-keygen -L -f k-cert.pub").status == 0);
  // Base64 of the nonce, which only the signature protects.
  char& letter = text[sizeof("ssh-rsa-cert-v01@openssh.com ") - 1 + 60];
  letter = letter == 'A' ? 'B' : 'A';
  folder.write("k-cert.pub", text + '\n');
  CHECK(folder.run("ssh-keygen -L -f k-cert.pub").status != 0);
}

TEST_CASE("make_certificate: depends on the request only, including serial and authority") {
  const auto request = sample_request();
  auto other_serial = request;
  other_serial.serial = 1;
  auto other_authority = request;
  other_authority.ca_seed = 6;
  const auto text = make_certificate(request);
  CHECK(make_certificate(request) == text);
  const auto nonce = [](const std::string& certificate) { return certificate.substr(77, 42); };
  CHECK(nonce(make_certificate(other_serial)) != nonce(text));
  CHECK(nonce(make_certificate(other_authority)) != nonce(text));
  CHECK(authority_public_text(6) != authority_public_text(5));
}

TEST_CASE("make_certificate: refuses an invalid field") {
  const auto good = sample_request();
  std::vector<CertificateRequest> bad(6, good);
  bad[0].subject_public_text = ed25519(32);
  bad[1].subject_public_text = "rubbish";
  bad[2].principal = "";
  bad[3].principal = "ubuntu\0root"s;
  bad[4].key_id = "\0"s;
  bad[5].valid_before = good.valid_after;
  for (const auto& request : bad) {
    CHECK_THROWS_AS(make_certificate(request), std::invalid_argument);
  }
}

TEST_CASE("encrypt_for: returns a text that openssl pkeyutl -decrypt decrypts") {
  const Folder folder;
  const auto pair = make_rsa(1);
  folder.write("k.pem", pair.private_pem);
  for (const auto& secret : {"Xy7$ pass & word"s, "p"s, std::string(245, 's')}) {
    folder.write("secret.b64", encrypt_for(pair.public_text, secret, 9));
    CHECK(folder.output_of("openssl base64 -d -A -in secret.b64 | openssl pkeyutl -decrypt "
                           "-inkey k.pem -pkeyopt rsa_padding_mode:pkcs1") == secret);
  }
}

TEST_CASE("encrypt_for: returns a result that depends on the seed") {
  const auto text = make_rsa(1).public_text;
  CHECK(encrypt_for(text, "secret", 1) == encrypt_for(text, "secret", 1));
  CHECK(encrypt_for(text, "secret", 1) != encrypt_for(text, "secret", 2));
  CHECK(encrypt_for(text, "secret", 1).size() == 344);
}

TEST_CASE("encrypt_for: uses no zero byte in the padding") {
  const Folder folder;
  const auto pair = make_rsa(1);
  folder.write("k.pem", pair.private_pem);
  // If zeros were allowed, six of ten seeds would have one in the 247 bytes of padding.
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    folder.write("secret.b64", encrypt_for(pair.public_text, "secret", seed));
    CHECK(folder.output_of("openssl base64 -d -A -in secret.b64 | openssl pkeyutl -decrypt "
                           "-inkey k.pem -pkeyopt rsa_padding_mode:pkcs1") == "secret");
  }
}

TEST_CASE("encrypt_for: refuses a secret that is too long for the key, and another key type") {
  const auto text = make_rsa(1).public_text;
  CHECK_THROWS_AS(encrypt_for(text, std::string(246, 's'), 1), std::invalid_argument);
  CHECK_THROWS_AS(encrypt_for(ed25519(32), "secret", 1), std::invalid_argument);
  CHECK_THROWS_AS(encrypt_for("rubbish", "secret", 1), std::invalid_argument);
}
