// A server with fixed responses, to test clients.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace papersail {

// After a request, each connection gets the next of `responses` (the last one repeatedly). It is
// then closed, or kept open without further data if `closes` is false.
class FakeServer {
 public:
  explicit FakeServer(std::vector<std::string> responses, bool closes = true);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }
  // Returns the last request.
  std::string request() const {
    const std::lock_guard lock(mutex_);
    return request_;
  }
  int connections() const { return connections_; }

 private:
  void keep(std::string request);
  void serve();

  const std::vector<std::string> responses_;
  const bool closes_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;  // of `request_`
  std::string request_;
  std::atomic<int> connections_ = 0;
  std::vector<int> open_;
  std::thread thread_;
};

}  // namespace papersail
