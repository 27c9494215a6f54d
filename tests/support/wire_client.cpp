#include "tests/support/wire_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <stdexcept>
#include <utility>

namespace papersail {
namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// Parses "HTTP/1.1 200 OK" and the header lines.
WireResponse head_of(const std::string& text) {
  WireResponse out;
  out.minor_version = text.at(7) - '0';
  out.status = std::stoi(text.substr(9, 3));
  std::size_t line = text.find("\r\n");
  while (line != std::string::npos) {
    const std::size_t begin = line + 2;
    line = text.find("\r\n", begin);
    const std::string field = text.substr(begin, line - begin);
    const std::size_t colon = field.find(": ");
    out.headers[lower(field.substr(0, colon))] = field.substr(colon + 2);
  }
  return out;
}

}  // namespace

bool WireResponse::closes() const {
  const auto found = headers.find("connection");
  const std::string value = found == headers.end() ? "" : lower(found->second);
  return minor_version == 0 ? value != "keep-alive" : value == "close";
}

WireClient::WireClient(int port, int timeout) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{timeout, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("nothing listens on port " + std::to_string(port));
  }
}

WireClient::~WireClient() {
  if (socket_ >= 0) ::close(socket_);
}

WireClient::WireClient(WireClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

bool WireClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void WireClient::end_sending() {
  ::shutdown(socket_, SHUT_WR);
}

bool WireClient::fill() {
  char bytes[16384];
  const ssize_t size = ::recv(socket_, bytes, sizeof bytes, 0);
  if (size > 0) buffer_.append(bytes, static_cast<std::size_t>(size));
  return size > 0;
}

std::optional<WireResponse> WireClient::response(bool head) {
  std::size_t end = std::string::npos;
  while ((end = buffer_.find(end_of_head)) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  WireResponse out = head_of(buffer_.substr(0, end));
  buffer_.erase(0, end + end_of_head.size());
  if (out.status == 100 || head) return out;
  const std::size_t size = std::stoul(out.headers.at("content-length"));
  while (buffer_.size() < size) {
    if (!fill()) return std::nullopt;
  }
  out.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return out;
}

std::string WireClient::bytes() {
  if (buffer_.empty()) fill();
  return std::exchange(buffer_, "");
}

std::string WireClient::read_until(std::string_view end) {
  std::size_t at = std::string::npos;
  while ((at = buffer_.find(end)) == std::string::npos) {
    if (!fill()) return "";
  }
  std::string out = buffer_.substr(0, at + end.size());
  buffer_.erase(0, out.size());
  return out;
}

bool WireClient::is_reset() {
  char byte = 0;
  return buffer_.empty() && ::recv(socket_, &byte, 1, 0) < 0 && errno == ECONNRESET;
}

bool WireClient::is_closed() {
  if (!buffer_.empty()) return false;
  char byte = 0;
  const ssize_t size = ::recv(socket_, &byte, 1, 0);
  return size == 0 || (size < 0 && errno == ECONNRESET);
}

std::string request_for(std::string_view action, std::string_view body,
                        std::string_view more_headers) {
  return "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: Lightsail_20161128." +
         std::string(action) + "\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + std::string(more_headers) + "\r\n" +
         std::string(body);
}

}  // namespace papersail
