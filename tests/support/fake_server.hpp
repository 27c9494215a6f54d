// A server of fixed bytes, for clients to be tested with.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace papersail {

// Each connection gets the next of `answers` (the last one again and again) once a request has
// come, and is then closed, or kept open and silent.
class FakeServer {
 public:
  explicit FakeServer(std::vector<std::string> responses, bool closes = true);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }
  // The last request.
  std::string request() const { return request_; }
  int connections() const { return connections_; }

 private:
  void serve();

  const std::vector<std::string> answers_;
  const bool closes_;
  int listener_ = -1;
  int port_ = 0;
  std::string request_;
  std::atomic<int> connections_ = 0;
  std::vector<int> open_;
  std::thread thread_;
};

}  // namespace papersail
