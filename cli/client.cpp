#include "cli/client.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "text/strings.hpp"

namespace papersail {
namespace {

using Sink = std::function<bool(std::string_view)>;

std::size_t number(std::string_view text, int base) {
  std::size_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out, base);
  if (read.ec != std::errc()) throw Unreachable("the response is not HTTP");
  return out;
}

std::string request_text(const Endpoint& endpoint, std::string_view method, std::string_view path,
                         std::string_view body, const Headers& headers) {
  std::string out(method);
  out.append(" ").append(path).append(" HTTP/1.1\r\nHost: ");
  out += endpoint.host + ':' + endpoint.port + "\r\n";
  for (const auto& [name, value] : headers) out += name + ": " + value + "\r\n";
  out += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return out.append(body);
}

Reply head_from(ClientSocket& socket) {
  const std::string status = socket.line();
  if (!status.starts_with("HTTP/1.") || status.size() < 12) {
    throw Unreachable("the response is not HTTP");
  }
  Reply reply;
  reply.status = static_cast<int>(number(std::string_view(status).substr(9, 3), 10));
  for (std::string line = socket.line(); !line.empty(); line = socket.line()) {
    const std::size_t colon = std::min(line.find(':'), line.size() - 1);
    const std::size_t value = std::min(line.find_first_not_of(' ', colon + 1), line.size());
    reply.headers[lower(line.substr(0, colon))] = line.substr(value);
  }
  return reply;
}

// Returns false if `sink` has stopped the transfer.
bool read_bytes(ClientSocket& socket, std::size_t size, const Sink& sink) {
  while (size > 0) {
    const std::string some = socket.some(size);
    size -= some.size();
    if (!sink(some)) return false;
  }
  return true;
}

bool read_chunks(ClientSocket& socket, const Sink& sink) {
  while (const std::size_t size = number(socket.line(), 16)) {
    if (!read_bytes(socket, size, sink)) return false;
    socket.line();
  }
  while (!socket.line().empty()) {
  }
  return true;
}

// Returns true if the connection can be used for another request.
bool read_body(ClientSocket& socket, const Reply& reply, const Sink& sink) {
  const auto has_value = [&](std::string_view header, std::string_view value) {
    const auto found = reply.headers.find(header);
    return found != reply.headers.end() && lower(found->second) == value;
  };
  const bool keeps_open = !has_value("connection", "close");
  if (has_value("transfer-encoding", "chunked")) return read_chunks(socket, sink) && keeps_open;
  const auto size = reply.headers.find("content-length");
  if (size != reply.headers.end())
    return read_bytes(socket, number(size->second, 10), sink) && keeps_open;
  for (auto piece = socket.any(); piece && sink(*piece);) piece = socket.any();
  return false;
}

// Sends the request on the idle connection, or on a new one if that is closed. The server may close
// an idle connection while the request is sent: a repeatable request is then sent again.
Reply begin(std::unique_ptr<ClientSocket>& socket, const std::function<void()>& connect,
            const std::string& request, bool repeatable) {
  if (socket && !socket->is_stale()) {
    try {
      socket->send(request);
      return head_from(*socket);
    } catch (const Unreachable&) {
      if (!repeatable) throw;
    }
  }
  connect();
  socket->send(request);
  return head_from(*socket);
}

}  // namespace

Client::Client(Endpoint endpoint, std::chrono::milliseconds timeout)
    : endpoint_(std::move(endpoint)), timeout_(timeout) {}

Reply Client::stream(std::string_view method, std::string_view path, std::string_view body,
                     const Headers& headers, const Sink& sink) {
  auto socket = std::exchange(idle_, nullptr);
  const auto connect = [&] { socket = std::make_unique<ClientSocket>(endpoint_, timeout_); };
  const std::string request = request_text(endpoint_, method, path, body, headers);
  Reply reply = begin(socket, connect, request, method != "POST");
  const auto keep = [&](std::string_view piece) {
    reply.body += piece;
    return true;
  };
  const bool reusable = read_body(*socket, reply, sink && reply.status < 300 ? sink : Sink(keep));
  if (reusable) idle_ = std::move(socket);
  return reply;
}

}  // namespace papersail
