#include "cli/client.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "text/strings.hpp"

namespace papersail {
namespace {

using Take = std::function<bool(std::string_view)>;

std::size_t number(std::string_view text, int base) {
  std::size_t out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out, base);
  if (read.ec != std::errc()) throw Unreachable("what answers does not speak HTTP");
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
    throw Unreachable("what answers does not speak HTTP");
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

// False: `take` has had enough.
bool take_bytes(ClientSocket& socket, std::size_t size, const Take& take) {
  while (size > 0) {
    const std::string some = socket.some(size);
    size -= some.size();
    if (!take(some)) return false;
  }
  return true;
}

bool take_chunks(ClientSocket& socket, const Take& take) {
  while (const std::size_t size = number(socket.line(), 16)) {
    if (!take_bytes(socket, size, take)) return false;
    socket.line();
  }
  while (!socket.line().empty()) {
  }
  return true;
}

// Whether the connection can be used again.
bool take_body(ClientSocket& socket, const Reply& reply, const Take& take) {
  const auto says = [&](std::string_view header, std::string_view value) {
    const auto found = reply.headers.find(header);
    return found != reply.headers.end() && lower(found->second) == value;
  };
  const bool stays = !says("connection", "close");
  if (says("transfer-encoding", "chunked")) return take_chunks(socket, take) && stays;
  const auto size = reply.headers.find("content-length");
  if (size != reply.headers.end())
    return take_bytes(socket, number(size->second, 10), take) && stays;
  for (auto piece = socket.any(); piece && take(*piece);) piece = socket.any();
  return false;
}

// Asks on the connection, if there is one that has not ended, or else on a new one. It may end at
// the very moment of the request: what can be asked twice is then asked again.
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

Client::Client(Endpoint endpoint, std::chrono::milliseconds patience)
    : endpoint_(std::move(endpoint)), patience_(patience) {}

Reply Client::stream(std::string_view method, std::string_view path, std::string_view body,
                     const Headers& headers, const Take& take) {
  auto socket = std::exchange(idle_, nullptr);
  const auto connect = [&] { socket = std::make_unique<ClientSocket>(endpoint_, patience_); };
  const std::string request = request_text(endpoint_, method, path, body, headers);
  Reply reply = begin(socket, connect, request, method != "POST");
  const auto keep = [&](std::string_view piece) {
    reply.body += piece;
    return true;
  };
  const bool reusable = take_body(*socket, reply, take && reply.status < 300 ? take : Take(keep));
  if (reusable) idle_ = std::move(socket);
  return reply;
}

}  // namespace papersail
