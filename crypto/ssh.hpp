// Lightsail's SSH functions: key pairs, host keys, fingerprints, imports, certificates and
// encrypted Windows passwords.
//
// All functions are pure and thread-safe. A seed gives the same result in every process and with
// every OpenSSL version, so generated keys are not secret. A "text" is OpenSSH's public key on one
// line, "<type> <base64>"; the bytes that the base64 encodes are its "blob". Every function throws
// std::runtime_error if OpenSSL fails.
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

// Returns the key pair of `seed`. Takes tens to hundreds of milliseconds, depending on the seed.
KeyPair make_rsa(std::uint64_t seed);

// Returns the public half, "ssh-rsa AAAA...", of an unencrypted PEM private key.
// Throws std::invalid_argument unless `private_pem` is such a key of type RSA.
std::string public_text_of(std::string_view private_pem);

// The public half of a host key.
struct HostKey {
  std::string algorithm;   // "ssh-rsa", "ecdsa-sha2-nistp256" or "ssh-ed25519"
  std::string public_key;  // the blob in base64; "<algorithm> <public_key>" is its text
};

// Returns the three host keys of the machine `seed`, in the order above; the RSA key has 2048 bits.
// Takes as long as make_rsa, which returns a different key for the same seed.
std::vector<HostKey> make_host_keys(std::uint64_t seed);

// Returns the fingerprint that `ssh-keygen -l -E sha1` prints: "SHA1:" and unpadded base64.
// `key` is a text of any key type, with or without a comment, or just the blob in base64.
// Throws std::invalid_argument if the base64 is invalid, or if the blob has no key type or another
// one than the text.
std::string fingerprint_sha1(std::string_view key);

// Returns the fingerprint that `ssh-keygen -l` prints: "SHA256:" and unpadded base64. Otherwise
// like fingerprint_sha1.
std::string fingerprint_sha256(std::string_view key);

// Returns EC2's fingerprint of a key pair that EC2 created: SHA-1 of the private key as PKCS#8 DER,
// twenty bytes in lower-case hex, separated by colons.
// Throws std::invalid_argument unless `private_pem` is an unencrypted PEM private key.
std::string created_key_fingerprint(std::string_view private_pem);

// Returns EC2's fingerprint of an imported key. RSA: MD5 of the SubjectPublicKeyInfo DER, sixteen
// bytes in lower-case hex, separated by colons. Ed25519: SHA-256 of the blob in padded base64.
// Throws std::invalid_argument for a text that parse_public_key refuses.
std::string imported_key_fingerprint(std::string_view public_text);

// Parses one line "ssh-rsa AAAA... [comment]" or "ssh-ed25519 AAAA... [comment]", with or without
// white space around it, and returns "<type> <base64>".
// Throws std::invalid_argument with a message for the user if the text is longer than 16384
// characters, has several lines or control characters, another type or invalid base64; if the blob
// has another type, is truncated, too long or not in its shortest form; if the RSA modulus is even
// or not of 1024 to 16384 bits; or if the RSA exponent is even, 1 or not less than the modulus.
std::string parse_public_key(std::string_view text);

// The contents of an OpenSSH user certificate.
struct CertificateRequest {
  std::string subject_public_text;  // the certified key, ssh-rsa
  std::uint64_t ca_seed = 0;        // seed of the Ed25519 key of the authority that signs
  std::uint64_t serial = 0;
  std::string key_id;              // free text for the server's log, without NUL
  std::string principal;           // the user name that may log in, not empty, without NUL
  std::uint64_t valid_after = 0;   // first valid second, since 1970
  std::uint64_t valid_before = 0;  // first second after validity, since 1970
};

// Returns the certificate, "ssh-rsa-cert-v01@openssh.com AAAA...", without comment or newline. Like
// `ssh-keygen -s` by default, it permits X11, agent and port forwarding, a pty and user rc.
// Throws std::invalid_argument if a field is invalid or the period of validity is empty.
std::string make_certificate(const CertificateRequest& request);

// Returns the text, "ssh-ed25519 AAAA...", of the authority of `ca_seed`, for a server's
// TrustedUserCAKeys.
std::string authority_public_text(std::uint64_t ca_seed);

// Encrypts `secret` for the owner of an ssh-rsa text, as EC2 encrypts a Windows password: RSA with
// PKCS#1 v1.5 padding, which `seed` determines, in base64 without newlines.
// Throws std::invalid_argument if parse_public_key refuses the text, if it is not ssh-rsa, or if
// the secret is longer than the modulus minus eleven bytes.
std::string encrypt_for(std::string_view public_text, std::string_view secret, std::uint64_t seed);

}  // namespace papersail::ssh
