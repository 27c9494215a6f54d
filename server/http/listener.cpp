#include "server/http/listener.hpp"

#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <csignal>
#include <stdexcept>

#include "server/log.hpp"

namespace papersail {
namespace {

constexpr auto maintenance_interval = std::chrono::milliseconds(100);

// Raises the limit of open files to the hard limit and returns it.
std::size_t raise_file_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

// Reserves a quarter of the file descriptors for the databases.
std::size_t connection_limit(std::size_t wanted) {
  return std::min(wanted, raise_file_limit() / 4 * 3);
}

std::string url_of(const tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  return "http://" + (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" +
         std::to_string(endpoint.port());
}

}  // namespace

Listener::Listener(net::io_context& io, Connections& connections, const ServerOptions& options)
    : io_(io),
      connections_(connections),
      max_connections_(connection_limit(options.max_connections)),
      stop_timeout_(options.stop_timeout),
      tls_(options.tls),
      signals_(io, SIGTERM, SIGINT) {
  open(options.host, options.port,
       options.control_port ? ListeningPort::main : ListeningPort::only);
  if (options.control_port) open(options.host, *options.control_port, ListeningPort::control);
}

void Listener::open(const std::string& host, unsigned short port, ListeningPort kind) {
  try {
    const tcp::endpoint endpoint(net::ip::make_address(host), port);
    acceptors_.push_back({tcp::acceptor(io_), kind});
    tcp::acceptor& acceptor = acceptors_.back().acceptor;
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
    acceptor.non_blocking(true);
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen on " + host + " port " + std::to_string(port) + ": " +
                             error.code().message());
  }
}

void Listener::start(Serve serve, std::function<void()> maintenance) {
  serve_ = std::move(serve);
  maintenance_ = std::move(maintenance);
  for (Acceptor& listening : acceptors_) net::co_spawn(io_, accept(listening), rethrow);
  net::co_spawn(io_, run_maintenance(), rethrow);
  net::co_spawn(io_, wait_for_signal(), rethrow);
}

void Listener::stop() {
  if (stopping_) return;
  for (Acceptor& listening : acceptors_) close(listening);
  stopping_ = true;
  error_code ignored;
  signals_.cancel(ignored);
  // Requests that have already arrived are still read; then the connection closes.
  connections_.shutdown_idle();
  connections_.finish_within(stop_timeout_);
  connections_.wake_all();
}

// Accepts the connections that are already in the backlog: their clients may have sent a request.
void Listener::close(Acceptor& listening) {
  error_code error;
  while (!error) {
    tcp::socket socket = listening.acceptor.accept(error);
    if (!error) admit(std::move(socket), listening.kind);
  }
  listening.acceptor.close(error);
}

void Listener::admit(tcp::socket socket, ListeningPort kind) {
  net::co_spawn(io_, serve(std::move(socket), kind), rethrow);
}

// Waits and retries after an error: it is usually a lack of file descriptors, and other connections
// free them when they close.
net::awaitable<void> Listener::accept(Acceptor& listening) {
  error_code reported;
  while (!stopping_) {
    auto [error, socket] = co_await listening.acceptor.async_accept(no_throw);
    if (!error) {
      co_await wait_for_capacity();
      admit(std::move(socket), listening.kind);
    } else if (!stopping_) {
      if (error != reported) log_warning("cannot accept connections: " + error.message());
      co_await pause();
    }
    reported = error;
  }
}

net::awaitable<void> Listener::wait_for_capacity() {
  while (!stopping_ && connections_.size() >= max_connections_) {
    if (connections_.close_longest_idle()) co_return;
    co_await pause();
  }
}

net::awaitable<void> Listener::serve(tcp::socket socket, ListeningPort kind) {
  Connection connection(std::move(socket), kind, connections_);
  error_code error;
  if (tls_) error = co_await connection.accept_tls(*tls_);
  if (!error) co_await serve_(connection);
  co_await connection.end_writing();
}

// Flushes the log, closes overdue connections and ends when the last connection has closed after
// `stop`.
net::awaitable<void> Listener::run_maintenance() {
  while (!stopping_ || connections_.size() > 0) {
    co_await pause();
    connections_.close_overdue();
    flush_log();
    maintenance_();
  }
}

net::awaitable<void> Listener::wait_for_signal() {
  if (stopping_) co_return;
  auto [error, signal] = co_await signals_.async_wait(no_throw);
  if (!error) stop();
}

net::awaitable<void> Listener::pause() {
  net::steady_timer timer(io_, maintenance_interval);
  co_await timer.async_wait(no_throw);
}

std::string Listener::address() const {
  return url_of(acceptors_.front().acceptor.local_endpoint());
}

std::string Listener::control_address() const {
  return acceptors_.size() > 1 ? url_of(acceptors_.back().acceptor.local_endpoint()) : "";
}

}  // namespace papersail
