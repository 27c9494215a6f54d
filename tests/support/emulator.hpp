// A papersail without sockets: calls go through the real dispatcher, time moves when a test says.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "server/control/control.hpp"
#include "state/account.hpp"

namespace papersail {

// An ApiError as a client sees it.
struct Refused {
  int status;
  std::string type;
  std::string code;
  std::string message;
};

class Emulator {
 public:
  // Each begins at 2026-01-01T00:00:00Z, empty. `data`: a folder, see --data.
  explicit Emulator(const std::string& lifecycle = "realistic", const std::string& data = "",
                    std::uint64_t seed = 1);

  // The output of an action. Its fit to the model is checked; a refusal fails the test.
  json call(std::string_view action, const json& input = json::object());
  // The refusal of an action; an answer of 200 fails the test.
  Refused refused(std::string_view action, const json& input = json::object());
  // The answer of the control API: its JSON, or its text if it is none. One of 400 or above fails
  // the test.
  json control(std::string_view method, const std::string& target, const json& body = nullptr);
  // The status and message of the control API's refusal.
  std::pair<int, std::string> control_refused(std::string_view method, const std::string& target,
                                              const std::string& body = "");
  // As the client with this access key, in this region, from now on.
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
