// Account operations shared by the routes of the control API.
#pragma once

#include <string>

#include "server/control/control.hpp"

namespace papersail {

// Returns the account in the path, after applying and committing all due transitions.
Account& account_of(Control& control, const ControlRequest& request);

// Deletes the account with all its data except its checkpoints; the next call creates a new one.
// Per-account data outside the account must be dropped here too.
void reset_account(Control& control, const std::string& id);

// Returns {"mode", "scale", "now", "epochSeconds"}.
json to_json(const Clock& clock);

// Commits the changes that `write` makes. If `write` or the commit throws, rolls all of them back.
template <class Write>
void write_to(Account& account, Write write) {
  try {
    write();
    account.store.commit();
  } catch (...) {
    account.store.roll_back();
    throw;
  }
}

}  // namespace papersail
