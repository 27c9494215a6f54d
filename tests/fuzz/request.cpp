// Fuzzes the HTTP parser and the dispatcher, without sockets. Input: the bytes of a connection.
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "tests/fuzz/fuzz.hpp"

namespace papersail {
namespace {

namespace http = boost::beast::http;
using Parser = http::request_parser<http::string_body>;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

// Parses a request at the beginning of `bytes` and removes it; returns false if there is none.
bool take_request(Parser& parser, std::string_view& bytes) {
  boost::beast::error_code error;
  parser.eager(true);
  parser.body_limit(1 << 20);
  parser.header_limit(16 << 10);
  while (!bytes.empty() && !parser.is_done() && !error) {
    bytes.remove_prefix(parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error));
  }
  return !error && parser.is_done();
}

Response answer_to(Control& control, const http::request<http::string_body>& request) {
  const auto ours = control_response(control, view(request.method_string()), view(request.target()),
                                     request.body());
  if (ours) return *ours;
  return control.dispatch.respond({.target = view(request["X-Amz-Target"]),
                                   .authorization = view(request[http::field::authorization]),
                                   .host = view(request[http::field::host]),
                                   .body = request.body(),
                                   .method = view(request.method_string()),
                                   .uri = view(request.target()),
                                   .content_type = view(request[http::field::content_type])});
}

}  // namespace
}  // namespace papersail

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace papersail;
  static Fuzzed papersail;
  std::string_view rest = text_of(bytes, size);
  for (bool more = true; more;) {
    Parser parser;
    more = take_request(parser, rest);
    if (more) require_sane(answer_to(papersail.control(), parser.get()));
  }
  return 0;
}
