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

// Prepares the failures that the lifecycle has for the transitions that a call began: the resource
// enters the state of the lifecycle's row, and has otherwise the document and internal state of
// before the call, or the failed state of its type. Others that the call changed are then what they
// were before, unless it also deleted some: those deletions stay.
void prepare_failed_transitions(Call& call, const ChangeSet& changed);

}  // namespace papersail
