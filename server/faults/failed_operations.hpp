// Makes operations fail after their call was accepted.
#pragma once

#include "handlers/call.hpp"
#include "state/changes.hpp"

namespace papersail {

// Called after the handler of a call whose operations are to fail (`Call::failing`). `output` is
// the handler's output; `changes`, with their documents, are the changes of the store since the
// call began.
//
// A resource with a scheduled transition keeps its state until the operations end; then it returns
// to its document before the call, or, if it is new, to the failed state of its type
// (fixtures/faults.json). If the call scheduled no transition, everything but its operations is
// rolled back.
void fail_operations(Call& call, const json& output, const Changes& changes);

}  // namespace papersail
