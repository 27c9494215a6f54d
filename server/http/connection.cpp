#include "server/http/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>

namespace papersail {
namespace {

constexpr std::size_t max_tls_write = 64 << 10;  // bytes encrypted at a time, to bound the memory

}  // namespace

Connection::Connection(tcp::socket accepted, ListeningPort at, Connections& all)
    : socket(std::move(accepted)), port(at), all_(all) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);  // avoids Nagle's delay of 40 ms
  all_.busy_.push_back(*this);
  all_.start_idle_timer(*this);
}

Connection::~Connection() {
  (idle_ ? all_.idle_ : all_.busy_).erase(Connections::List::s_iterator_to(*this));
}

net::awaitable<error_code> Connection::accept_tls(const Tls& tls) {
  error_code error;
  socket.non_blocking(true, error);  // a wait can end spuriously
  unsigned char first = 0;
  do {
    auto [failure] = co_await socket.async_wait(tcp::socket::wait_read, no_throw);
    if (failure) co_return failure;
    socket.receive(net::buffer(&first, 1), tcp::socket::message_peek, error);
  } while (error == net::error::would_block);
  if (error || !is_tls(first)) co_return error;
  tls_.emplace(tls);
  all_.start_request_timer(*this);
  error = co_await handshake();
  all_.start_idle_timer(*this);
  co_return error;
}

net::awaitable<error_code> Connection::handshake() {
  for (;;) {
    const bool done = tls_->handshake();
    error_code error = co_await flush();
    if (error || done) co_return error;
    if (tls_->is_over()) co_return net::error::connection_aborted;
    error = co_await receive();
    if (error) co_return error;
  }
}

net::awaitable<std::tuple<error_code, std::size_t>> Connection::read_some(
    net::mutable_buffer into) {
  if (!tls_) co_return co_await socket.async_read_some(into, no_throw);
  for (;;) {
    const std::size_t size = tls_->read(into.data(), into.size());
    error_code error = co_await flush();
    if (size > 0 || error) co_return std::tuple(error, size);
    if (tls_->is_over()) co_return std::tuple(error_code(net::error::eof), 0);
    error = co_await receive();
    if (error) co_return std::tuple(error, 0);
  }
}

net::awaitable<error_code> Connection::receive() {
  std::array<char, 4096> bytes;
  auto [error, size] = co_await socket.async_read_some(net::buffer(bytes), no_throw);
  if (!error) tls_->feed({bytes.data(), size});
  co_return error;
}

net::awaitable<error_code> Connection::flush() {
  const std::string bytes = tls_->take_output();
  if (bytes.empty()) co_return error_code();
  auto [error, size] = co_await net::async_write(socket, net::buffer(bytes), no_throw);
  co_return error;
}

net::awaitable<error_code> Connection::write(std::string_view head, std::string_view body) {
  if (!tls_) {
    const std::array<net::const_buffer, 2> both = {net::buffer(head), net::buffer(body)};
    auto [error, size] = co_await net::async_write(socket, both, no_throw);
    co_return error;
  }
  tls_->write(head);
  error_code error;
  do {
    tls_->write(body.substr(0, max_tls_write));
    body.remove_prefix(std::min(max_tls_write, body.size()));
    error = co_await flush();
  } while (!error && !body.empty());
  co_return error;
}

net::awaitable<void> Connection::end_writing() {
  if (tls_) {
    tls_->end();
    co_await flush();
  }
  error_code ignored;
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

void Connection::reset() {
  error_code ignored;
  socket.set_option(net::socket_base::linger(true, 0), ignored);
  socket.close(ignored);
}

net::awaitable<bool> Connection::pause(std::chrono::milliseconds time) {
  pause_.emplace(socket.get_executor(), time);
  auto [error] = co_await pause_->async_wait(no_throw);
  pause_.reset();
  co_return !error;
}

void Connection::wake() {
  if (pause_) pause_->cancel();
}

bool Connection::has_bytes() const {
  error_code ignored;
  return (tls_ && tls_->has_bytes()) || socket.available(ignored) > 0;
}

void Connections::start_idle_timer(Connection& connection) {
  move(connection, true);
  connection.deadline = deadline_after(idle_timeout_);
}

void Connections::start_request_timer(Connection& connection) {
  move(connection, false);
  connection.deadline = deadline_after(request_timeout_);
}

steady_clock::time_point Connections::deadline_after(std::chrono::milliseconds time) const {
  return std::min(steady_clock::now() + time, end_);
}

void Connections::pause_timer(Connection& connection) {
  move(connection, false);
  connection.deadline = steady_clock::time_point::max();
}

void Connections::move(Connection& connection, bool idle) {
  List& from = connection.idle_ ? idle_ : busy_;
  List& to = idle ? idle_ : busy_;
  to.splice(to.end(), from, List::s_iterator_to(connection));
  connection.idle_ = idle;
}

bool Connections::close_longest_idle() {
  if (idle_.empty()) return false;
  Connection& longest = idle_.front();
  move(longest, false);
  error_code ignored;
  longest.socket.close(ignored);
  return true;
}

void Connections::close_overdue() {
  const auto now = steady_clock::now();
  // The deadline of an idle connection never changes, so the list is in order of deadlines.
  while (!idle_.empty() && now > idle_.front().deadline) close_longest_idle();
  error_code ignored;
  for (Connection& connection : busy_) {
    if (now > connection.deadline) connection.socket.close(ignored);
  }
}

void Connections::finish_within(std::chrono::milliseconds time) {
  constexpr auto none = steady_clock::time_point::max();  // the server is processing the request
  end_ = deadline_after(time);
  for (List* list : {&idle_, &busy_}) {
    for (Connection& connection : *list) {
      if (connection.deadline != none) connection.deadline = std::min(connection.deadline, end_);
    }
  }
}

void Connections::wake_all() {
  for (Connection& connection : busy_) connection.wake();
}

void Connections::shutdown_idle() {
  error_code ignored;
  for (Connection& connection : idle_) {
    connection.socket.shutdown(tcp::socket::shutdown_receive, ignored);
  }
}

}  // namespace papersail
