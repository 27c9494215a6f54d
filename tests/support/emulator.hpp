// A papersail without sockets: the real dispatcher handles calls, and the test advances the clock.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "server/control/control.hpp"
#include "state/account.hpp"

namespace papersail {

// An ApiError as the client receives it.
struct Refused {
  int status;
  std::string type;
  std::string code;
  std::string message;
};

class Emulator {
 public:
  // Starts empty, at 2026-01-01T00:00:00Z. `data` is a folder as for --data; "": in memory.
  explicit Emulator(const std::string& lifecycle = "realistic", const std::string& data = "",
                    std::uint64_t seed = 1);

  // Calls an action and returns its output, which the dispatcher checks against the model. An error
  // fails the test.
  json call(std::string_view action, const json& input = json::object());
  // Calls an action and returns its error. Success fails the test.
  Refused refused(std::string_view action, const json& input = json::object());
  // Calls the control API and returns the JSON of its response, or its text if it is not JSON. A
  // status of 400 or above fails the test.
  json control(std::string_view method, const std::string& target, const json& body = nullptr);
  // Calls the control API and returns the status and message of its error.
  std::pair<int, std::string> control_refused(std::string_view method, const std::string& target,
                                              const std::string& body = "");
  // Makes the following calls as the client with this access key, in this region.
  void act_as(const std::string& access_key, const std::string& region = "us-east-1");

  Account& account() { return accounts_[account_]; }
  Millis now() { return account().clock.now(); }
  void advance(Millis by) { account().clock.advance(by); }

  Response response(std::string_view action, const std::string& body);
  Accounts& accounts() { return accounts_; }

 private:
  Accounts accounts_;
  Dispatch dispatch_;
  Control control_{accounts_, dispatch_};
  std::string account_ = "000000000000";
  std::string authorization_;
};

constexpr Millis test_start = 1767225600000;  // 2026-01-01T00:00:00Z

}  // namespace papersail
