// What the families of the control API do with accounts.
#pragma once

#include <string>

#include "server/control/control.hpp"

namespace papersail {

// The account that the path names, as it stands now: what was due has happened and is committed.
Account& account_of(Control& control, const ControlRequest& request);

// Everything that papersail remembers of an account goes, but for its checkpoints; the next call
// finds a new one. What is kept of an account elsewhere is to be forgotten here too.
void reset_account(Control& control, const std::string& id);

// {"mode", "scale", "now", "epochSeconds"}
json to_json(const Clock& clock);

// What `write` does to the account is in its file when this returns. If it throws, nothing is.
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
