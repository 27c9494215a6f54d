#include "server/access/access.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include "crypto/openssl.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::string_view any_origin = "*";

// Clients poll these paths to find out if the server is up; they reveal nothing else.
constexpr std::array<std::string_view, 3> open_paths = {"/_papersail/health", "/_papersail/ready",
                                                        "/_localstack/health"};

bool is_allowed(const Access& access, std::string_view origin) {
  const auto& allowed = access.cors_origins;
  return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& candidate) {
    return candidate == any_origin || candidate == origin;
  });
}

// Returns the host without its port and without the brackets of an IPv6 address.
std::string_view name_of(std::string_view host) {
  if (host.starts_with('[')) {
    split_off(host, '[');
    return split_off(host, ']');
  }
  return split_off(host, ':');
}

// True if the name is resolved without DNS: localhost or an IP address.
bool is_literal(std::string_view name) {
  const bool v4 = name.find_first_not_of("0123456789.") == std::string_view::npos;
  return name == "localhost" || v4 || name.find(':') != std::string_view::npos;
}

// True if the page came from this server. Only literal hosts count: the owner of any other name can
// point it to this machine (DNS rebinding), so its origin must be allowed.
bool is_own(const AccessRequest& request) {
  std::string_view origin = request.origin;
  const std::string_view scheme = split_off(origin, ':');
  if (!origin.starts_with("//") || (scheme != "http" && scheme != "https")) return false;
  return origin.substr(2) == request.host && is_literal(name_of(request.host));
}

// True for names that cannot be registered in public DNS: names of this machine, of the local
// network and of containers.
bool is_local(std::string_view name) {
  constexpr std::string_view suffixes[] = {".localhost", ".local", ".internal", ".test"};
  const auto ends = [&](std::string_view suffix) { return name.ends_with(suffix); };
  return is_literal(name) || name.find('.') == std::string_view::npos ||
         std::any_of(std::begin(suffixes), std::end(suffixes), ends);
}

// True if the host is that of an allowed origin.
bool is_origin_of(const Access& access, std::string_view host) {
  return std::any_of(access.cors_origins.begin(), access.cors_origins.end(),
                     [&](const std::string& origin) {
                       return origin == any_origin || origin.ends_with("//" + std::string(host));
                     });
}

// True if the host may be a public name that its owner points to this machine (DNS rebinding), and
// no token protects the API. The Origin header does not help: browsers omit it for requests to the
// page's own host.
bool may_be_rebound(const Access& access, std::string_view host) {
  return access.control_token.empty() && !is_local(name_of(host)) && !is_origin_of(access, host);
}

bool has_token(const Access& access, std::string_view authorization) {
  const std::string scheme = lower(split_off(authorization, ' '));
  return scheme == "bearer" && openssl::equal_secrets(trimmed(authorization), access.control_token);
}

Response unauthorized() {
  Response out =
      message_response(401, "The control API requires the header Authorization: Bearer TOKEN.");
  out.headers = "WWW-Authenticate: Bearer\r\n";
  return out;
}

std::string_view path_of(const AccessRequest& request) {
  return request.path.substr(0, request.path.find('?'));
}

bool is_open(std::string_view path) {
  return std::find(open_paths.begin(), open_paths.end(), path) != open_paths.end();
}

std::optional<Response> access_error(const Access& access, const AccessRequest& request) {
  if (is_open(path_of(request))) return std::nullopt;
  const bool control = is_control(path_of(request));
  if (control && request.port == ListeningPort::main) {
    return message_response(404, "The control API listens on a separate port.");
  }
  if (!control && request.port == ListeningPort::control) {
    return message_response(404, "This port serves only the control API.");
  }
  if (!request.origin.empty() && !is_allowed(access, request.origin) && !is_own(request)) {
    return message_response(403,
                            "Web pages of this origin may not use papersail; see --cors-origin.");
  }
  if (!control) return std::nullopt;
  if (may_be_rebound(access, request.host)) {
    return message_response(
        403,
        "Without a token, the control API does not accept this host name (DNS rebinding). "
        "See --control-token and --cors-origin.");
  }
  if (!access.control_token.empty() && !has_token(access, request.authorization)) {
    return unauthorized();
  }
  return std::nullopt;
}

}  // namespace

bool is_control(std::string_view path) {
  return path.starts_with("/_papersail/") || path.starts_with("/_localstack/") ||
         path.starts_with("/moto-api/");
}

void require_origin(const std::string& origin) {
  const std::size_t scheme = origin.find("://");
  const bool has_host = scheme != std::string::npos && scheme > 0 && scheme + 3 < origin.size();
  const bool valid_characters = std::all_of(origin.begin(), origin.end(), [](unsigned char c) {
    return std::isgraph(c) && c != ',' && c != '*';
  });
  if (origin == any_origin) return;
  if (!has_host || !valid_characters || origin.find('/', scheme + 3) != std::string::npos) {
    throw std::invalid_argument("invalid origin \"" + origin +
                                "\" (example: http://localhost:3000, without a path)");
  }
}

std::optional<Response> refusal(const Access& access, const AccessRequest& request) {
  auto out = access_error(access, request);
  if (out) out->action = std::string(request.method) + ' ' + std::string(path_of(request));
  return out;
}

std::optional<Response> preflight(const Access& access, const AccessRequest& request,
                                  std::string_view wanted) {
  const bool is_cors_request = request.method == "OPTIONS" && !request.origin.empty();
  if (!is_cors_request || !is_allowed(access, request.origin)) return std::nullopt;
  Response out;
  out.action = "OPTIONS";
  out.headers = "Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE\r\n";
  if (!wanted.empty())
    out.headers += "Access-Control-Allow-Headers: " + std::string(wanted) + "\r\n";
  // Browsers require this header before a page of a public host may call a private address.
  out.headers += "Access-Control-Allow-Private-Network: true\r\nAccess-Control-Max-Age: 600\r\n";
  return out;
}

std::string cors_headers(const Access& access, std::string_view origin) {
  if (origin.empty() || !is_allowed(access, origin)) return "";
  return "Access-Control-Allow-Origin: " + std::string(origin) +
         "\r\nVary: Origin\r\n"
         "Access-Control-Expose-Headers: x-amzn-RequestId, x-amzn-ErrorType, Date\r\n";
}

}  // namespace papersail
