// The floor of tests/bench/bench: a single-threaded Beast server that sends the same response to
// every request. The argument is the size of the response's body. Prints its port.
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <iostream>
#include <string>

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using net::ip::tcp;

namespace {

constexpr auto quiet = net::as_tuple(net::use_awaitable);

net::awaitable<void> serve(tcp::socket socket, const std::string& body) {
  socket.set_option(tcp::no_delay(true));
  beast::flat_buffer buffer;
  for (;;) {
    http::request<http::string_body> request;
    auto [read_error, read] = co_await http::async_read(socket, buffer, request, quiet);
    if (read_error) co_return;
    http::response<http::span_body<const char>> response(http::status::ok, request.version());
    response.set(http::field::content_type, "application/x-amz-json-1.1");
    response.keep_alive(request.keep_alive());
    response.body() = {body.data(), body.size()};
    response.prepare_payload();
    auto [write_error, written] = co_await http::async_write(socket, response, quiet);
    if (write_error || response.need_eof()) co_return;
  }
}

net::awaitable<void> listen(tcp::acceptor& acceptor, const std::string& body) {
  for (;;) {
    tcp::socket socket = co_await acceptor.async_accept(net::use_awaitable);
    net::co_spawn(acceptor.get_executor(), serve(std::move(socket), body), net::detached);
  }
}

}  // namespace

int main(int, char** argv) {
  const std::string body(std::stoul(argv[1]), 'x');
  net::io_context io(1);
  tcp::acceptor acceptor(io, {net::ip::make_address("127.0.0.1"), 0});
  std::cout << acceptor.local_endpoint().port() << std::endl;
  net::co_spawn(io, listen(acceptor, body), net::detached);
  io.run();
}
