#include "tests/support/server.hpp"

#include "server/log.hpp"

namespace papersail {
namespace {

int port_of(const std::string& address) {
  return std::stoi(address.substr(address.rfind(':') + 1));
}

}  // namespace

ServerOptions test_options() {
  open_log(LogLevel::off, LogFormat::text);
  ServerOptions options;
  options.port = 0;
  options.request_timeout = std::chrono::milliseconds(500);
  return options;
}

Server::Server() : Server(all_actions()) {}

Server::Server(const std::vector<Action>& actions, const ServerOptions& options, Auth auth)
    : accounts_({"", Lifecycle::load("realistic"), Clock::real(), 1}),
      dispatch_(accounts_, true, actions, std::move(auth)),
      http_({accounts_, dispatch_}, options),
      address_(http_.address()),
      control_address_(http_.control_address()),
      thread_([this] { http_.run(); }) {}

Server::~Server() {
  stop();
  join();
}

void Server::join() {
  if (thread_.joinable()) thread_.join();
}

int Server::port() const {
  return port_of(address_);
}

int Server::control_port() const {
  return port_of(control_address_);
}

std::optional<WireResponse> Server::ask(std::string_view bytes) const {
  WireClient client(port());
  client.send(bytes);
  return client.response();
}

bool Server::answers() const {
  const auto response = ask(good_request);
  return response && response->status == 200;
}

}  // namespace papersail
