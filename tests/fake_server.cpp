#include "tests/fake_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace papersail {

FakeServer::FakeServer(std::vector<std::string> answers, bool closes)
    : answers_(std::move(answers)),
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

void FakeServer::serve() {
  for (int socket = 0; (socket = ::accept(listener_, nullptr, nullptr)) >= 0;) {
    std::string request;
    char byte = 0;
    while (!request.ends_with("\r\n\r\n") && ::recv(socket, &byte, 1, 0) == 1) request += byte;
    request_ = request;
    const auto at = std::min(static_cast<std::size_t>(connections_++), answers_.size() - 1);
    ::send(socket, answers_[at].data(), answers_[at].size(), MSG_NOSIGNAL);
    if (closes_) {
      ::close(socket);
    } else {
      open_.push_back(socket);
    }
  }
}

}  // namespace papersail
