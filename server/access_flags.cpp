#include "server/access_flags.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "fixtures/fixtures.hpp"
#include "server/flag_values.hpp"
#include "server/log.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

// Returns the names in the self-signed certificate: the loopback names, the service name of a
// compose file, the listening address and AWS's host names.
std::vector<std::string> names_of(const std::string& host) {
  std::vector<std::string> out = {"DNS:localhost", "DNS:papersail", "IP:127.0.0.1", "IP:::1"};
  if (!is_loopback(host)) out.push_back("IP:" + host);
  const json catalogue = parse_json(fixture("regions.json").value());
  for (const json& region : catalogue.at("regions")) {
    const std::string service = "DNS:lightsail." + region.at("name").get<std::string>();
    out.push_back(service + ".amazonaws.com");
    out.push_back(service + ".api.aws");
  }
  return out;
}

std::shared_ptr<const Tls> tls_of(const AccessFlags& flags, const std::string& host) {
  if (flags.tls_self_signed) return std::make_shared<Tls>(Tls::self_signed(names_of(host)));
  if (flags.tls_certificate.empty()) return nullptr;
  return std::make_shared<Tls>(Tls::from_files(flags.tls_certificate, flags.tls_key));
}

// Clients of other users read it too, unlike the files of accounts.
void write_certificate(const Tls& tls, const std::string& file) {
  std::ofstream out(file);
  out << tls.certificate() << std::flush;
  if (!out) throw std::runtime_error("cannot write the certificate to " + file);
  using std::filesystem::perms;
  std::error_code ignored;  // a file such as /dev/stdout keeps its mode
  std::filesystem::permissions(file, perms::group_read | perms::others_read,
                               std::filesystem::perm_options::add, ignored);
}

}  // namespace

void add_access_flags(CLI::App& serve, AccessFlags& flags) {
  add_parsed(serve, "--auth", flags.auth, Auth::mode_of,
             "Use of signatures: off (one account for all requests), lenient (the access key\n"
             "selects the account), strict (the server also verifies the signature)",
             "lenient");
  add_parsed(serve, "--credentials", flags.credentials, read_credentials,
             "JSON file of access keys: {\"AKIA...\": {\"secret\": ..., \"account\": ...}}");
  serve.add_option("--control-token", flags.control_token,
                   "Bearer token that the control API requires");
  serve
      .add_option("--control-port", flags.control_port,
                  "Separate port for the control API; 0 selects a free port")
      ->check(CLI::Range(0, 65535).description(""));
  serve
      .add_option("--cors-origin", flags.cors_origins,
                  "Origin of web pages that may use the server, or * for all; may be repeated")
      ->check(accepted_by(require_origin));
  CLI::Option* certificate =
      serve.add_option("--tls-cert", flags.tls_certificate, "Certificate in PEM, with its chain");
  CLI::Option* key =
      serve.add_option("--tls-key", flags.tls_key, "Private key of the certificate in PEM");
  certificate->needs(key);
  key->needs(certificate);
  CLI::Option* self_signed = serve.add_flag("--tls-self-signed", flags.tls_self_signed,
                                            "Generate a self-signed certificate at startup");
  self_signed->excludes(certificate);
  serve
      .add_option("--tls-cert-out", flags.tls_certificate_out,
                  "File to write the self-signed certificate to, for clients to trust")
      ->needs(self_signed);
  serve
      .add_option("--max-connections", flags.max_connections,
                  "Maximum number of open connections; one more closes the longest idle one")
      ->check(CLI::Range(1, 1'000'000).description(""))
      ->capture_default_str();
}

Auth auth_of(const AccessFlags& flags) {
  return {flags.auth, flags.credentials};
}

ServerOptions with_access(ServerOptions options, const AccessFlags& flags) {
  options.access = {flags.control_token, flags.cors_origins};
  options.control_port = flags.control_port;
  options.max_connections = flags.max_connections;
  options.tls = tls_of(flags, options.host);
  if (!flags.tls_certificate_out.empty())
    write_certificate(*options.tls, flags.tls_certificate_out);
  return options;
}

void warn_if_open(const ServerOptions& options, const Auth& auth) {
  if (is_loopback(options.host)) return;
  if (!auth.strict()) {
    log_warning(
        "Other machines can reach this server; without --auth strict, it accepts every caller.");
  }
  if (options.access.control_token.empty()) {
    log_warning(
        "Other machines can reach the control API; without --control-token, it accepts every "
        "caller.");
  }
}

std::string announcement(const ServerOptions& options, const std::string& control_address) {
  std::string out;
  if (!control_address.empty()) out += "Control API: " + control_address + "\n";
  if (options.tls)
    out += "TLS on the same port, certificate SHA-256 " + options.tls->fingerprint() + "\n";
  return out;
}

}  // namespace papersail
