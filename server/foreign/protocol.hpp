// Writes responses in the protocols of AWS.
#pragma once

#include <string>

#include "server/api/request.hpp"
#include "server/foreign/call.hpp"
#include "state/error.hpp"

namespace papersail {

// Sets the content type and the body. `result`: the elements of the action's result, for S3 the
// document, for JSON the text. `xmlns`: the namespace of the elements.
void set_result(Response& response, const ForeignCall& call, const std::string& xmlns,
                const std::string& result);

// Turns `response` into an error response.
void set_foreign_error(Response& response, const ForeignCall& call, const Request& request,
                       const ApiError& error);

}  // namespace papersail
