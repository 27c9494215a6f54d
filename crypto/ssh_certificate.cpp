#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/openssl.hpp"
#include "crypto/ssh.hpp"
#include "crypto/ssh_keys.hpp"
#include "crypto/ssh_stream.hpp"
#include "crypto/ssh_wire.hpp"

namespace papersail::ssh {
namespace {

constexpr std::string_view rsa_certificate_type = "ssh-rsa-cert-v01@openssh.com";

Key authority_key(std::uint64_t ca_seed) {
  return make_ed25519_key(Stream("certificate authority", ca_seed));
}

std::string sign_ed25519(const Key& key, std::string_view data) {
  const MdCtx context(checked(EVP_MD_CTX_new()));
  require_success(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  require_success(
      EVP_DigestSign(context.get(), bytes(signature), &size, bytes(data), data.size()) == 1);
  return wire(ed25519_type) + wire(signature);
}

// The format requires lexical order.
std::string certificate_extensions() {
  std::string result;
  for (const char* name : {"permit-X11-forwarding", "permit-agent-forwarding",
                           "permit-port-forwarding", "permit-pty", "permit-user-rc"}) {
    result += wire(name) + wire("");
  }
  return result;
}

// Returns the certificate without its signature, which covers exactly these bytes.
std::string certificate_body(const CertificateRequest& request, const Key& authority) {
  constexpr std::size_t user = 1;
  const auto subject = rsa_blob(request.subject_public_text);
  Stream nonce("certificate nonce " + std::to_string(request.serial), request.ca_seed);
  std::string body = wire(rsa_certificate_type) + wire(nonce.take(32));
  body += fields_of(subject).rest();
  body += be64(request.serial) + be32(user) + wire(request.key_id) + wire(wire(request.principal));
  body += be64(request.valid_after) + be64(request.valid_before);
  body += wire("") + wire(certificate_extensions()) + wire("") + wire(ed25519_blob(authority));
  return body;
}

}  // namespace

std::string make_certificate(const CertificateRequest& request) {
  require_valid(!request.principal.empty(), "A certificate needs a principal.");
  require_valid((request.key_id + request.principal).find('\0') == std::string::npos,
                "A certificate's key id and principal are text.");
  require_valid(request.valid_after < request.valid_before, "The certificate is never valid.");
  const Key authority = authority_key(request.ca_seed);
  const auto body = certificate_body(request, authority);
  return text_of(rsa_certificate_type, body + wire(sign_ed25519(authority, body)));
}

std::string authority_public_text(std::uint64_t ca_seed) {
  return text_of(ed25519_type, ed25519_blob(authority_key(ca_seed)));
}

}  // namespace papersail::ssh
