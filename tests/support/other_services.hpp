// A client of other AWS services, without sockets.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "server/api/auth.hpp"
#include "server/dispatch/dispatch.hpp"
#include "state/account.hpp"
#include "tests/support/emulator.hpp"

namespace papersail {

// The credentials of a client. An empty secret: the signature is not valid.
struct ClientKeys {
  std::string id = "111111111111";
  std::string secret = {};
  std::string token = {};
};

// A request, before it is signed.
struct OtherRequest {
  std::string service;
  std::string body = {};
  std::map<std::string, std::string> headers = {};
  std::string method = "POST";
  std::string uri = "/";
  std::string region = "us-east-1";
};

// Returns the text of the first element of this name; "" if there is none.
std::string element_text(const std::string& xml, const std::string& name);
// Returns the texts of all elements of this name.
std::vector<std::string> element_texts(const std::string& xml, const std::string& name);

class OtherServices {
 public:
  explicit OtherServices(Auth auth = {});

  Response ask(const OtherRequest& request, const ClientKeys& keys = {});
  // Calls an action of the query protocol. `parameters`: "UserName=x&...".
  Response query(const std::string& service, const std::string& action,
                 const std::string& parameters = "", const ClientKeys& keys = {});
  // Calls an action with X-Amz-Target.
  Response target(const std::string& service, const std::string& target, const json& input,
                  const ClientKeys& keys = {});
  // Calls an action of Lightsail, which must succeed.
  json lightsail(std::string_view action, const json& input, const ClientKeys& keys = {});
  Accounts& accounts() { return accounts_; }
  Dispatch& dispatch() { return dispatch_; }

  static inline const Clock clock = Clock::starting_at(test_start);

 private:
  Accounts accounts_;
  Dispatch dispatch_;
};

// Returns the keys in an answer of STS.
ClientKeys keys_in(const std::string& xml);

}  // namespace papersail
