// Adds requests of the control API to the export.
#pragma once

#include "server/control/control.hpp"

namespace papersail {

// The account that a request changes, if the export must make the request again. Requests that
// only read, faults, and resets (Dispatch::account_reset adds them) are not such requests.
class Recording {
 public:
  Recording(Control& control, const ControlRequest& request);
  // Adds the request, which has succeeded.
  void add() const;

 private:
  Control& control_;
  const ControlRequest& request_;
  std::string account_;  // empty: nothing to add
  std::string path_;     // below the account
  std::optional<Millis> clock_;
};

}  // namespace papersail
