#include "server/api/sigv4.hpp"

#include <algorithm>
#include <vector>

#include "crypto/openssl.hpp"
#include "text/encoding.hpp"
#include "text/strings.hpp"

namespace papersail::sigv4 {
namespace {

// Removes "//", "/./" and "/../", and encodes the path once more than it was sent. S3 does neither.
std::string canonical_path(std::string_view path) {
  const bool is_folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const std::string_view segment = split_off(path, '/');
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (!segment.empty() && segment != ".") {
      segments.push_back(segment);
    }
  }
  std::string out;
  for (const std::string_view segment : segments) out += '/' + percent_encoded(segment);
  return is_folder || out.empty() ? out + '/' : out;
}

std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> members;
  while (!query.empty()) {
    std::string_view value = split_off(query, '&');
    const std::string_view name = split_off(value, '=');
    members.emplace_back(percent_encoded(percent_decoded(name)),
                         percent_encoded(percent_decoded(value)));
  }
  std::sort(members.begin(), members.end());
  std::string out;
  for (const auto& [name, value] : members) {
    out += (out.empty() ? "" : "&") + name + '=' + value;
  }
  return out;
}

// Trims the value and collapses runs of blanks.
std::string canonical_value(std::string_view value) {
  std::string out(trimmed(value));
  const auto both_blank = [](char a, char b) { return a == ' ' && b == ' '; };
  out.erase(std::unique(out.begin(), out.end(), both_blank), out.end());
  return out;
}

}  // namespace

std::optional<std::string> value_of(std::span<const Header> headers, std::string_view name) {
  std::optional<std::string> out;
  for (const auto& [given, value] : headers) {
    if (given.size() != name.size() || lower(given) != name) continue;
    out = (out ? *out + ',' : "") + canonical_value(value);
  }
  return out;
}

Authorization parse_authorization(std::string_view header) {
  Authorization out;
  header = trimmed(header);
  out.algorithm = split_off(header, ' ');
  while (!header.empty()) {
    std::string_view value = trimmed(split_off(header, ','));
    const std::string_view name = split_off(value, '=');
    if (name == "Credential") out.credential = value;
    if (name == "SignedHeaders") out.signed_headers = value;
    if (name == "Signature") out.signature = value;
  }
  return out;
}

std::optional<Credential> parse_credential(std::string_view text) {
  if (std::count(text.begin(), text.end(), '/') != 4) return std::nullopt;
  Credential out;
  out.key = split_off(text, '/');
  out.date = split_off(text, '/');
  out.region = split_off(text, '/');
  out.service = split_off(text, '/');
  out.terminator = text;
  return out;
}

std::string presigned_credential(std::string_view uri) {
  constexpr std::string_view parameter = "X-Amz-Credential=";
  const std::size_t begin = uri.find(parameter);
  if (begin == std::string_view::npos) return "";
  uri.remove_prefix(begin + parameter.size());
  return percent_decoded(split_off(uri, '&'));
}

std::string payload_hash(std::string_view body) {
  return hex(openssl::digest(EVP_sha256(), body));
}

std::string signed_hash(const Message& message) {
  const auto given = value_of(message.headers, "x-amz-content-sha256");
  const bool unsigned_body =
      given && (*given == "UNSIGNED-PAYLOAD" || given->starts_with("STREAMING-"));
  return message.is_s3 && unsigned_body ? *given : payload_hash(message.body);
}

std::string canonical_request(const Message& message, std::string_view signed_headers) {
  std::string_view query = message.uri;
  const std::string_view path = split_off(query, '?');
  std::string out(message.method);
  out += '\n' + (message.is_s3 ? std::string(path) : canonical_path(path)) + '\n' +
         canonical_query(query) + '\n';
  for (std::string_view names = signed_headers; !names.empty();) {
    const std::string_view name = split_off(names, ';');
    out += std::string(name) + ':' + value_of(message.headers, name).value_or("") + '\n';
  }
  return out + '\n' + std::string(signed_headers) + '\n' + signed_hash(message);
}

std::string signature(std::string_view secret, const Credential& credential, std::string_view date,
                      std::string_view canonical_request) {
  std::string scope(credential.date);
  std::string key = openssl::hmac("AWS4" + std::string(secret), credential.date);
  for (const std::string_view part :
       {credential.region, credential.service, credential.terminator}) {
    scope += '/' + std::string(part);
    key = openssl::hmac(key, part);
  }
  const std::string text = std::string(algorithm) + '\n' + std::string(date) + '\n' + scope + '\n' +
                           payload_hash(canonical_request);
  return hex(openssl::hmac(key, text));
}

}  // namespace papersail::sigv4
