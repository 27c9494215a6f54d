// Runs calls of other AWS services.
#include <string>

#include "server/dispatch/call_scope.hpp"
#include "server/dispatch/dispatch.hpp"
#include "server/foreign/actions.hpp"
#include "server/foreign/call.hpp"
#include "server/foreign/protocol.hpp"
#include "server/observers/call_trace.hpp"

namespace papersail {

void Dispatch::answer_foreign(const ForeignCall& call, Request request, Response& response,
                              CallTrace& trace) {
  response.is_foreign = true;
  request.service = call.service.signing;
  try {
    run_foreign(call, request, response, trace);
  } catch (...) {
    set_foreign_error(response, call, request, current_error());
    response.failure = current_failure();
  }
}

// Creates no account: one that does not exist has nothing to list.
void Dispatch::run_foreign(const ForeignCall& call, const Request& request, Response& response,
                           CallTrace& trace) {
  const ForeignAction* action = find_foreign_action(call);
  response.action = full_name(call);
  trace.is_unknown = !action;
  authenticate(request, response);
  if (!action) throw not_served(call);
  ForeignContext context{call, request, response, auth_, nullptr};
  if (!accounts_.has(response.account)) {
    set_result(response, call, xmlns_of(call), action->handle(context));
    return;
  }
  context.account = &open_account(response);
  const CallScope scope(context.account->store, response, trace.changes);
  settle(*context.account, trace);
  set_result(response, call, xmlns_of(call), action->handle(context));
}

}  // namespace papersail
