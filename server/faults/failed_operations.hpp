// Makes operations fail after their call was accepted.
#pragma once

#include "handlers/call.hpp"
#include "state/changes.hpp"
#include "state/store/change_set.hpp"

namespace papersail {

// Undoes a call whose operations are to fail (`Call::failing`), after its handler. `changed` has
// what the handler has changed. Removes the changes that are undone at once from `changes`.
//
// A resource in which the call began a transition keeps its state until the end of the transition.
// Then it is what it was before the call, or, if it is new, it has the failed state of its type
// (fixtures/faults.json). All others are at once what they were before.
void fail_operations(Call& call, const ChangeSet& changed, Changes& changes);

}  // namespace papersail
