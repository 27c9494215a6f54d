#include "tests/support/fake_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace papersail {
namespace {

// Reads a request with its body: closing a connection with unread bytes would reset it.
std::string request_from(int socket) {
  constexpr std::string_view end = "\r\n\r\n", length = "Content-Length: ";
  std::string out;
  char byte = 0;
  while (!out.ends_with(end) && ::recv(socket, &byte, 1, 0) == 1) out += byte;
  const std::size_t at = out.find(length);
  std::size_t body = at == std::string::npos ? 0 : std::stoul(out.substr(at + length.size()));
  for (; body > 0 && ::recv(socket, &byte, 1, 0) == 1; --body) out += byte;
  return out;
}

}  // namespace

FakeServer::FakeServer(std::vector<std::string> responses, bool closes)
    : responses_(std::move(responses)),
      closes_(closes),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const where = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, where, size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, where, &size) != 0) {
    throw std::runtime_error("cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

FakeServer::~FakeServer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
  for (const int socket : open_) ::close(socket);
}

void FakeServer::keep(std::string request) {
  const std::lock_guard lock(mutex_);
  request_ = std::move(request);
}

void FakeServer::serve() {
  for (int socket = 0; (socket = ::accept(listener_, nullptr, nullptr)) >= 0;) {
    keep(request_from(socket));
    const auto at = std::min(static_cast<std::size_t>(connections_++), responses_.size() - 1);
    ::send(socket, responses_[at].data(), responses_[at].size(), MSG_NOSIGNAL);
    if (closes_) {
      ::close(socket);
    } else {
      open_.push_back(socket);
    }
  }
}

}  // namespace papersail
