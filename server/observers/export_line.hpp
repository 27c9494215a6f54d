// A line of an export: a call, or a request of the control API, that changed an account.
#pragma once

#include <optional>
#include <string>

#include "text/time.hpp"

namespace papersail {

struct ExportLine {
  // What the line does to the account as a whole. A `change` needs the state before it; the other
  // kinds concern a copy of the account (take, upload, drop, restore, fork) or delete it (reset).
  enum class Kind { change, take, upload, drop, restore, fork, reset };

  std::string request_id;
  std::string account;  // empty: removed from the export
  std::string region;   // of a call
  std::string action;   // "CreateDisk", or "PUT /clock": a method and a path below the account
  std::string input;    // JSON; may be empty
  std::optional<Millis> clock = std::nullopt;  // the account's time before the line
  Kind kind = Kind::change;
  std::string other = {};  // the checkpoint's name, or the account that becomes the fork
};

// Returns the line of a control request that changed the account.
ExportLine control_line(const std::string& account, const std::string& action,
                        const std::string& input, std::optional<Millis> clock);

// Returns the line as JSON, in the format of seed files.
std::string text_of(const ExportLine& line);

}  // namespace papersail
