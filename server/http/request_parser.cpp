// The only file that includes Beast's parser, which is slow to compile.
#include "server/http/request_parser.hpp"

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <utility>

#include "server/api/error.hpp"
#include "server/foreign/call.hpp"

namespace papersail {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Parser = http::request_parser<http::string_body>;
using boost::system::error_code;

constexpr std::size_t largest_body = 1 << 20;
constexpr std::size_t largest_checkpoint = 64 << 20;
constexpr std::uint32_t largest_header = 16 << 10;

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

// Beast treats a body with an unknown transfer coding as an empty body, and would parse the body as
// the next request.
error_code error_of_coding(const Parser& parser) {
  const bool coded = parser.get().count(http::field::transfer_encoding) > 0;
  if (coded && !parser.chunked()) return http::error::bad_transfer_encoding;
  return {};
}

// Only the upload of a checkpoint needs a large body.
std::size_t body_limit_of(const Parser& parser) {
  const std::string_view target = view(parser.get().target());
  const bool uploads = parser.get().method() == http::verb::put &&
                       target.starts_with("/_papersail/accounts/") &&
                       target.find("/checkpoints/") != std::string_view::npos;
  return uploads ? largest_checkpoint : largest_body;
}

// Sets the limit of the body, which depends on the head. Returns the error of a longer body.
error_code begin_body(Parser& parser) {
  const std::size_t limit = body_limit_of(parser);
  if (parser.content_length().value_or(0) > limit) return http::error::body_limit;
  parser.body_limit(limit);
  parser.eager(true);
  return {};
}

// Takes path and host from a target in absolute form, "http://host/path" (RFC 9112 3.2.2).
void resolve_absolute_form(HttpRequest& request) {
  const auto scheme = request.target.find("://");
  if (request.target.starts_with('/') || scheme == std::string_view::npos) return;
  const std::string_view rest = request.target.substr(scheme + 3);
  const auto path = rest.find('/');
  request.host = rest.substr(0, path);
  request.target = path == std::string_view::npos ? "/" : rest.substr(path);
}

// RFC 9112 3.2: a request of HTTP/1.1 has exactly one Host.
error_code error_of_host(const Parser::value_type& message) {
  const auto hosts = message.count(http::field::host);
  if (hosts == 1 || (hosts == 0 && message.version() < 11)) return {};
  return http::error::bad_field;
}

HttpRequest request_of(const Parser::value_type& message) {
  HttpRequest out;
  out.method = view(message.method_string());
  out.target = view(message.target());
  out.version = message.version();
  out.keep_alive = message.keep_alive();
  out.host = view(message[http::field::host]);
  resolve_absolute_form(out);
  out.origin = view(message[http::field::origin]);
  out.authorization = view(message[http::field::authorization]);
  out.content_type = view(message[http::field::content_type]);
  const auto [target, end] = message.equal_range("X-Amz-Target");
  if (target != end) out.amz_target = view(target->value());
  out.has_two_amz_targets = target != end && std::next(target) != end;
  if (message.method() == http::verb::options) {
    out.requested_headers = view(message["Access-Control-Request-Headers"]);
  }
  out.body = message.body();
  return out;
}

}  // namespace

struct RequestParser::State {
  beast::flat_buffer buffer;  // received, not parsed yet
  std::optional<Parser> parser;
  bool expectation_taken = false;
};

RequestParser::RequestParser(bool with_headers)
    : state_(std::make_unique<State>()), with_headers_(with_headers) {}

RequestParser::~RequestParser() = default;

void RequestParser::start() {
  auto& [buffer, parser, expectation_taken] = *state_;
  if (buffer.size() == 0 && buffer.capacity() > first_read_size) buffer.shrink_to_fit();
  parser.emplace();
  parser->eager(false);  // until the head is complete: see begin_body
  parser->body_limit(largest_checkpoint);
  parser->header_limit(largest_header);
  expectation_taken = false;
}

boost::asio::mutable_buffer RequestParser::room(std::size_t size) {
  return state_->buffer.prepare(size);
}

void RequestParser::add(std::size_t size) {
  state_->buffer.commit(size);
}

std::optional<error_code> RequestParser::parse() {
  auto& [buffer, parser, expectation_taken] = *state_;
  error_code error;
  while (buffer.size() > 0 && !parser->is_done() && !error) {
    const bool in_head = !parser->is_header_done();
    buffer.consume(parser->put(buffer.data(), error));
    if (error || !in_head || !parser->is_header_done()) continue;
    error = error_of_host(parser->get());
    if (!error) error = begin_body(*parser);
  }
  if (error && error != http::error::need_more) return error;
  error = parser->is_header_done() ? error_of_coding(*parser) : error_code();
  if (error || parser->is_done()) return error;
  return std::nullopt;
}

bool RequestParser::take_expectation() {
  const Parser& parser = *state_->parser;
  if (state_->expectation_taken || !parser.is_header_done()) return false;
  state_->expectation_taken = true;
  return beast::iequals(parser.get()[http::field::expect], "100-continue");
}

bool RequestParser::has_bytes() const {
  return state_->buffer.size() > 0;
}

HttpRequest RequestParser::request() {
  const Parser::value_type& message = state_->parser->get();
  HttpRequest out = request_of(message);
  headers_.clear();
  // Other services take the session token from a header.
  if (with_headers_ || !out.amz_target.starts_with(lightsail_target)) {
    for (const auto& field : message) {
      headers_.emplace_back(view(field.name_string()), view(field.value()));
    }
  }
  out.headers = headers_;
  return out;
}

std::optional<Response> response_to(error_code error) {
  if (error == http::error::body_limit) {
    return error_response(request_too_large(
        "The request body is larger than 1 MiB, or 64 MiB for the upload of a checkpoint."));
  }
  if (error == http::error::header_limit) {
    Response response =
        error_response(serialization("The request headers are larger than 16 KiB."));
    response.status = 431;
    return response;
  }
  if (error.category() != http::make_error_code(http::error::bad_method).category()) {
    return std::nullopt;
  }
  return error_response({"MalformedHttpRequestException", "MalformedHttpRequest",
                         "The request is not valid HTTP: " + error.message()});
}

}  // namespace papersail
