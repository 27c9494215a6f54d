// TlsSession against OpenSSL's client.
#include "server/http/tls.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <stdexcept>

#include "tests/support/folder.hpp"
#include "tests/support/tls_client.hpp"

namespace papersail {
namespace {

const std::vector<std::string> names = {"DNS:localhost", "IP:127.0.0.1", "IP:::1",
                                        "DNS:lightsail.us-east-1.amazonaws.com"};

// Passes pending bytes in both directions, `size` bytes at a time to the server.
void carry(TlsSession& server, TlsClient& client, std::size_t size = 1 << 20) {
  const std::string to_server = client.take_output();
  for (std::size_t at = 0; at < to_server.size(); at += size) {
    server.feed(std::string_view(to_server).substr(at, size));
  }
  client.feed(server.take_output());
}

bool handshake(TlsSession& server, TlsClient& client, std::size_t size = 1 << 20) {
  for (int round = 0; round < 5; ++round) {
    const bool client_done = client.handshake();
    carry(server, client, size);
    if (server.handshake() && client_done) return true;
    carry(server, client, size);
  }
  return false;
}

std::string read_all(TlsSession& server) {
  std::string out;
  char piece[100];
  for (std::size_t size = 1; size > 0;) {
    size = server.read(piece, sizeof piece);
    out.append(piece, size);
  }
  return out;
}

}  // namespace

TEST_CASE("TlsSession: exchanges data for every name in the certificate") {
  const Tls tls = Tls::self_signed(names);
  for (const char* name : {"localhost", "127.0.0.1", "::1", "lightsail.us-east-1.amazonaws.com"}) {
    CAPTURE(name);
    TlsSession server(tls);
    TlsClient client(tls.certificate(), name);
    REQUIRE(handshake(server, client));
    client.write("ping");
    carry(server, client);
    CHECK(read_all(server) == "ping");
    CHECK_FALSE(server.is_over());
    server.write(std::string(100'000, 'x'));
    carry(server, client);
    CHECK(client.read() == std::string(100'000, 'x'));
  }
}

TEST_CASE("TlsSession: accepts input byte by byte") {
  const Tls tls = Tls::self_signed(names);
  TlsSession server(tls);
  TlsClient client(tls.certificate(), "localhost");
  REQUIRE(handshake(server, client, 1));
  client.write("ping");
  for (const char byte : client.take_output()) {
    CHECK(read_all(server) == "");
    server.feed({&byte, 1});
  }
  CHECK(read_all(server) == "ping");
}

TEST_CASE("TlsSession: ends when the client rejects the name or the certificate") {
  const Tls tls = Tls::self_signed(names);
  const Tls other = Tls::self_signed(names);
  CHECK(tls.fingerprint() != other.fingerprint());
  for (const auto& [trusted, name] : {std::pair(&tls, "example.com"), {&other, "localhost"}}) {
    TlsSession server(tls);
    TlsClient client(trusted->certificate(), name);
    CHECK_THROWS_AS(handshake(server, client), std::runtime_error);
    carry(server, client);
    CHECK_FALSE(server.handshake());
    CHECK(server.is_over());
  }
}

TEST_CASE("TlsSession: ends with an alert when the input is not TLS") {
  const Tls tls = Tls::self_signed(names);
  TlsSession server(tls);
  server.feed(std::string("\x16\x03\x01\x00\x05hello", 10));
  CHECK_FALSE(server.handshake());
  CHECK(server.is_over());
  CHECK(server.take_output() != "");
  CHECK(read_all(server) == "");
  server.end();
}

TEST_CASE("TlsSession: lets either side close the session") {
  const Tls tls = Tls::self_signed(names);
  TlsSession server(tls);
  TlsClient client(tls.certificate(), "localhost");
  REQUIRE(handshake(server, client));
  client.write("bye");
  client.end();
  carry(server, client);
  CHECK(read_all(server) == "bye");
  CHECK(server.is_over());

  TlsSession second(tls);
  TlsClient listener(tls.certificate(), "localhost");
  REQUIRE(handshake(second, listener));
  second.end();
  carry(second, listener);
  CHECK(listener.read() == "");
  CHECK(listener.is_ended());
}

TEST_CASE("Tls: returns the SHA-256 fingerprint of the certificate") {
  const Tls tls = Tls::self_signed(names);
  const std::string fingerprint = tls.fingerprint();
  CHECK(fingerprint.size() == 32 * 3 - 1);
  CHECK(fingerprint[2] == ':');
  CHECK(fingerprint.find_first_not_of("0123456789ABCDEF:") == std::string::npos);
  CHECK(tls.certificate().starts_with("-----BEGIN CERTIFICATE-----\n"));
}

TEST_CASE("Tls: names a file that cannot be loaded") {
  const Folder folder;
  std::ofstream(folder / "cert.pem") << Tls::self_signed(names).certificate();
  std::ofstream(folder / "text.pem") << "no certificate";
  const std::string cert = folder / "cert.pem", text = folder / "text.pem",
                    none = folder / "none.pem";
  CHECK_THROWS_WITH_AS(Tls::from_files(none, none),
                       (none + " is not a certificate in PEM: No such file or directory").c_str(),
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(Tls::from_files(text, none),
                       (text + " is not a certificate in PEM: no start line").c_str(),
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(
      Tls::from_files(cert, none),
      (none + " is not the certificate's private key in PEM: No such file or directory").c_str(),
      std::invalid_argument);
}

}  // namespace papersail
