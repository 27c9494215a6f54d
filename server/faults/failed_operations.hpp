// Calls that are accepted and fail later.
#pragma once

#include "handlers/call.hpp"
#include "state/changes.hpp"

namespace papersail {

// After the handler of a call whose operations are to fail (`Call::failing`): sees to it that what
// the call set out to do does not come about. `output` is the handler's; `changes`, with their
// documents, are what the store has told since the call began.
//
// What is on its way stays there until the operations' end, then goes back to how it was before
// the call; a new resource goes to its type's state of failure (fixtures/faults.json). A call that
// set nothing on its way is undone, all but its operations.
void fail_operations(Call& call, const json& output, const Changes& changes);

}  // namespace papersail
