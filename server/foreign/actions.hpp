// The actions of other services that papersail answers, because tools call them before they begin.
#pragma once

#include <span>
#include <string>

#include "server/api/auth.hpp"
#include "server/api/request.hpp"
#include "server/foreign/call.hpp"
#include "state/account.hpp"

namespace papersail {

// The parts of a call that an answer depends on.
struct ForeignContext {
  const ForeignCall& call;
  const Request& request;
  const Response& response;  // with the account, the region and the request id
  const Auth& auth;
  Account* account;  // null: the account does not exist yet, so it is empty
};

// Returns the result as `set_result` takes it. Throws ApiError.
using ForeignHandler = std::string (*)(const ForeignContext& context);

struct ForeignAction {
  std::string_view name;
  ForeignHandler handle;
};

// A service, of which papersail answers some actions.
struct ForeignService {
  std::string_view signing;
  Protocol protocol;
  std::string_view xmlns;
  std::span<const ForeignAction> actions;
};

extern const ForeignService ec2_service;      // ec2.cpp
extern const ForeignService iam_service;      // iam.cpp
extern const ForeignService s3_service;       // s3.cpp
extern const ForeignService sts_service;      // sts.cpp
extern const ForeignService tagging_service;  // tagging.cpp

// Returns the action; null if papersail does not answer it.
const ForeignAction* find_foreign_action(const ForeignCall& call);

// Returns the namespace of the service's XML; "" for another service.
std::string xmlns_of(const ForeignCall& call);

// Returns the error that says which variables send the call elsewhere. Its status is 501, which no
// SDK retries.
ApiError not_served(const ForeignCall& call);

}  // namespace papersail
