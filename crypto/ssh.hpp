// SSH keys as Lightsail deals with them: key pairs, host keys, fingerprints, imports, certificates
// and encrypted Windows passwords.
//
// Everything here is a pure function of its arguments: no state, safe on several threads at once.
// Whatever is made from a seed is the same in every process and with every OpenSSL version, and so
// is worth nothing as a secret. A "text" is OpenSSH's one-line public key, "<type> <base64>"; the
// bytes under the base64 are its "blob". Every function throws std::runtime_error if OpenSSL fails.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace papersail::ssh {

// An RSA key pair of 2048 bits with the exponent 65537.
struct KeyPair {
  std::string public_text;  // "ssh-rsa AAAA...", no comment, no newline
  std::string private_pem;  // PKCS#1, from "-----BEGIN RSA PRIVATE KEY-----" to a final newline
};

// The key pair of `seed`. Takes tens to hundreds of milliseconds, depending on the seed.
KeyPair make_rsa(std::uint64_t seed);

// The public half, "ssh-rsa AAAA...", of an unencrypted PEM private key.
// Throws std::invalid_argument unless `private_pem` is such a key and RSA.
std::string public_text_of(std::string_view private_pem);

// The public half of a host key.
struct HostKey {
  std::string algorithm;   // "ssh-rsa", "ecdsa-sha2-nistp256" or "ssh-ed25519"
  std::string public_key;  // the blob in base64; "<algorithm> <public_key>" is its text
};

// The three host keys of the machine `seed`, in the order above; the RSA key has 2048 bits.
// Takes as long as make_rsa, whose key for the same seed is another one.
std::vector<HostKey> make_host_keys(std::uint64_t seed);

// The key's fingerprint as `ssh-keygen -l -E sha1` prints it: "SHA1:" and unpadded base64.
// `key` is a text of any key type, with or without a comment, or just the blob in base64.
// Throws std::invalid_argument if the base64 is bad or the blob does not name (that) key type.
std::string fingerprint_sha1(std::string_view key);

// Likewise as `ssh-keygen -l` prints it: "SHA256:" and unpadded base64.
std::string fingerprint_sha256(std::string_view key);

// EC2's fingerprint of a key pair it made: SHA-1 of the private key as PKCS#8 DER, twenty bytes in
// lower-case hex with colons between.
// Throws std::invalid_argument unless `private_pem` is an unencrypted PEM private key.
std::string created_key_fingerprint(std::string_view private_pem);

// EC2's fingerprint of a key it imported. RSA: MD5 of the SubjectPublicKeyInfo DER, sixteen bytes
// in lower-case hex with colons between. Ed25519: SHA-256 of the blob in padded base64.
// Throws std::invalid_argument for a text that parse_public_key refuses.
std::string imported_key_fingerprint(std::string_view public_text);

// Reads one line "ssh-rsa AAAA... [comment]" or "ssh-ed25519 AAAA... [comment]", with white space
// around it or not, and returns "<type> <base64>".
// Throws std::invalid_argument, saying why in a sentence fit for a user, for anything else: over
// 16384 characters, several lines or control characters, another type, base64 that is not exact, a
// blob that is of another type, cut short, too long or not in its shortest form, an RSA modulus
// that is even or not of 1024 to 16384 bits, an RSA exponent that is even, 1 or not less than the
// modulus.
std::string parse_public_key(std::string_view text);

// What an OpenSSH user certificate says.
struct CertificateRequest {
  std::string subject_public_text;  // the certified key, ssh-rsa
  std::uint64_t ca_seed = 0;        // names the Ed25519 authority that signs
  std::uint64_t serial = 0;
  std::string key_id;              // free text for the server's log, without NUL
  std::string principal;           // the one user name it lets in, not empty, without NUL
  std::uint64_t valid_after = 0;   // unix seconds, the first one it is valid in
  std::uint64_t valid_before = 0;  // unix seconds, the first one it is no longer valid in
};

// The certificate, "ssh-rsa-cert-v01@openssh.com AAAA...", without comment or newline. It permits
// what `ssh-keygen -s` permits by default: X11, agent and port forwarding, a pty and user rc.
// Throws std::invalid_argument for a field that breaks its rule or if no second is valid.
std::string make_certificate(const CertificateRequest& request);

// The text, "ssh-ed25519 AAAA...", of the authority that signs for `ca_seed`: what a server lists
// in TrustedUserCAKeys.
std::string authority_public_text(std::uint64_t ca_seed);

// `secret` encrypted for the owner of an ssh-rsa text, by RSA with PKCS#1 v1.5 padding drawn from
// `seed`, in base64 without newlines: as EC2 hands out a Windows password.
// Throws std::invalid_argument for a text that parse_public_key refuses or that is not ssh-rsa, and
// for a secret longer than the modulus less eleven bytes.
std::string encrypt_for(std::string_view public_text, std::string_view secret, std::uint64_t seed);

}  // namespace papersail::ssh
