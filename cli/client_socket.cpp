#include "cli/client_socket.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace papersail {
namespace {

struct AddressesDeleter {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, AddressesDeleter>;

Addresses addresses_of(const Endpoint& endpoint) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int failed = ::getaddrinfo(endpoint.host.c_str(), endpoint.port.c_str(), &hints, &list);
  if (failed) throw Unreachable(endpoint.host + ": " + ::gai_strerror(failed));
  return Addresses(list);
}

[[noreturn]] void fail() {
  if (errno == EAGAIN || errno == EWOULDBLOCK) throw TimedOut("the server did not respond in time");
  throw Unreachable(std::string("the connection failed: ") + std::strerror(errno));
}

}  // namespace

Endpoint::Endpoint(const std::string& text) : url(text) {
  constexpr std::string_view scheme = "http://";
  while (url.ends_with('/')) url.pop_back();
  std::string rest = url.starts_with(scheme) ? url.substr(scheme.size()) : "";
  const std::size_t colon = rest.rfind(':');
  const bool has_port = colon != std::string::npos && rest.find(']', colon) == std::string::npos;
  port = has_port ? rest.substr(colon + 1) : "80";
  host = rest.substr(0, has_port ? colon : std::string::npos);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const bool digits =
      std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (host.empty() || port.empty() || !digits || host.find('/') != std::string::npos) {
    throw std::invalid_argument("invalid endpoint \"" + text +
                                "\" (example: http://127.0.0.1:4566)");
  }
}

ClientSocket::ClientSocket(const Endpoint& endpoint, std::chrono::milliseconds timeout) {
  int error = 0;
  const Addresses addresses = addresses_of(endpoint);
  for (const addrinfo* one = addresses.get(); one; one = one->ai_next) {
    error = connect(*one, timeout);
    if (error == 0) return;
  }
  ::close(socket_);
  throw Unreachable("no server answers at " + endpoint.url + ": " + std::strerror(error));
}

ClientSocket::~ClientSocket() {
  ::close(socket_);
}

// Returns zero on success, otherwise the errno.
int ClientSocket::connect(const addrinfo& address, std::chrono::milliseconds timeout) {
  if (socket_ >= 0) ::close(socket_);
  socket_ = ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return errno;
  timeval limit{};
  limit.tv_sec = timeout.count() / 1000;
  limit.tv_usec = timeout.count() % 1000 * 1000;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);  // limits connect too
  if (::connect(socket_, address.ai_addr, address.ai_addrlen) == 0) return 0;
  return errno == EINPROGRESS ? ETIMEDOUT : errno;
}

bool ClientSocket::is_stale() const {
  pollfd wanted{socket_, POLLIN, 0};
  return !buffer_.empty() || ::poll(&wanted, 1, 0) != 0;
}

void ClientSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) fail();
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

// Returns false if the server has closed the connection.
bool ClientSocket::receive() {
  char bytes[16384];
  const ssize_t size = ::recv(socket_, bytes, sizeof bytes, 0);
  if (size < 0) fail();
  buffer_.append(bytes, static_cast<std::size_t>(size));
  return size > 0;
}

void ClientSocket::fill() {
  if (!receive())
    throw Unreachable("the server closed the connection before the end of the response");
}

std::string ClientSocket::line() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos) fill();
  std::string out = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return out;
}

std::string ClientSocket::some(std::size_t size) {
  if (buffer_.empty()) fill();
  std::string out = buffer_.substr(0, size);
  buffer_.erase(0, out.size());
  return out;
}

std::optional<std::string> ClientSocket::any() {
  if (buffer_.empty() && !receive()) return std::nullopt;
  return std::exchange(buffer_, {});
}

}  // namespace papersail
