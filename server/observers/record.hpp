// What is remembered of one call.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/observers/call_trace.hpp"

namespace papersail {

// Texts as they came and went: they are parsed, and their secrets masked, when somebody asks.
struct Record {
  std::string request_id;
  Millis time = 0;              // the machine's
  std::optional<Millis> clock;  // the account's
  std::string account;
  std::string region;
  std::string action;
  std::string input;
  std::string output;
  std::size_t input_size = 0;  // a long text is not kept, only how long it was
  std::size_t output_size = 0;
  int status = 0;
  std::string error_type;
  std::chrono::nanoseconds duration{0};
  std::vector<std::string> unread;
  std::vector<int> faults;
  std::vector<StateChange> changes;
  std::size_t change_count = 0;

  // About what it takes in memory.
  std::size_t bytes() const;
};

Record record_of(const Request& request, const Response& response, const CallTrace& trace);
// Says of it what became of its answer.
void amend(Record& record, const Response& response);

// As the control API shows it.
json to_json(const Record& record, std::uint64_t id);

// The JSON value of a body, with its secrets masked; null if it is empty, not JSON, or nested too
// deep.
json masked_body(const std::string& text);

// With "***" for every secret (fixtures/secrets.json).
json masked(json value);

}  // namespace papersail
