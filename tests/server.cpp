#include "tests/server.hpp"

#include "server/log.hpp"

namespace papersail {
namespace {

Listening anywhere() {
  open_log("off", "text");
  Listening where;
  where.port = 0;
  where.request_timeout = std::chrono::milliseconds(500);
  return where;
}

}  // namespace

Server::Server() : Server(all_actions()) {}

Server::Server(const std::vector<Action>& actions)
    : accounts_({"", Lifecycle::load("realistic"), Clock::real(), 1}),
      dispatch_(accounts_, true, actions),
      http_({accounts_, dispatch_}, anywhere()),
      address_(http_.address()),
      thread_([this] { http_.run(); }) {}

Server::~Server() {
  stop();
  join();
}

void Server::join() {
  if (thread_.joinable()) thread_.join();
}

int Server::port() const {
  return std::stoi(address_.substr(address_.rfind(':') + 1));
}

std::optional<WireAnswer> Server::ask(std::string_view bytes) const {
  WireClient client(port());
  client.send(bytes);
  return client.answer();
}

bool Server::is_well() const {
  const auto answer = ask(good_request);
  return answer && answer->status == 200;
}

}  // namespace papersail
