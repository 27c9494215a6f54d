// The record of one call.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/observers/call_trace.hpp"

namespace papersail {

// Stores the raw bodies; they are parsed, and their secrets masked, only when a client reads the
// record.
struct Record {
  std::string request_id;
  Millis time = 0;              // the machine's time
  std::optional<Millis> clock;  // the account's time
  std::string account;
  std::string region;
  std::string action;
  std::string input;
  std::string output;
  std::size_t input_size = 0;  // of a longer body, only the size is kept
  std::size_t output_size = 0;
  int status = 0;
  std::string error_type;
  std::chrono::nanoseconds duration{0};
  std::vector<std::string> unread;
  std::vector<int> faults;
  std::vector<StateChange> changes;
  std::size_t change_count = 0;

  // Returns the approximate memory use.
  std::size_t bytes() const;
};

Record record_of(const Request& request, const Response& response, const CallTrace& trace);
// Updates the record with the final response.
void amend(Record& record, const Response& response);

// Returns the record in the form of the control API.
json to_json(const Record& record, std::uint64_t id);

// Parses a body and masks its secrets; null if the body is empty, not JSON, or nested too deeply.
json masked_body(const std::string& text);

// Returns the value with "***" in place of every secret (fixtures/secrets.json).
json masked(json value);

}  // namespace papersail
