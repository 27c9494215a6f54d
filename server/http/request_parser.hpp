// Parses the HTTP requests of a connection, without sockets.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "server/http/message.hpp"

namespace papersail {

// Contains the bytes that were received and not parsed yet, and the present request.
class RequestParser {
 public:
  // `with_headers`: fill in `HttpRequest::headers` also for actions of Lightsail.
  explicit RequestParser(bool with_headers);
  ~RequestParser();

  // Begins with the next request. Frees the last one.
  void start();
  // Returns memory for `size` bytes; `add` tells how many of them were received.
  boost::asio::mutable_buffer room(std::size_t size);
  void add(std::size_t size);
  // Parses what was received. Returns nullopt while the request is incomplete, then its error, if
  // any. After an error, the next request cannot be parsed.
  std::optional<boost::system::error_code> parse();
  // Returns true once if the client waits for 100 Continue before it sends the body.
  bool take_expectation();
  // True if received bytes have not been parsed yet.
  bool has_bytes() const;
  // Returns the request, or the part of it that was parsed. Valid until `start`.
  HttpRequest request();

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::vector<sigv4::Header> headers_;
  const bool with_headers_;
};

constexpr std::size_t first_read_size = 2 << 10;  // fits most requests; kept while idle
constexpr std::size_t read_size = 16 << 10;

// Returns the response to a request that could not be parsed, nullopt if the error is not about its
// syntax: the client has disconnected.
std::optional<Response> response_to(boost::system::error_code error);

}  // namespace papersail
