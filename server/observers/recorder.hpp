// Records calls: the last ones with their bodies, and the inputs of all that changed something, for
// replay.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/observers/history.hpp"
#include "server/observers/record.hpp"
#include "server/observers/stream.hpp"

namespace papersail {

// The limits of the two histories.
struct RecorderLimits {
  std::size_t requests = 5000;
  std::size_t request_bytes = 8 << 20;
  std::size_t calls = 1'000'000;
  std::size_t call_bytes = 16 << 20;
};

// Selects calls; an empty member matches any.
struct RecordFilter {
  std::string account = {};
  std::string action = {};                  // a glob
  std::optional<std::uint64_t> after = {};  // only calls with a greater id

  bool matches(const std::string& account, const std::string& action) const;
};

class Recorder {
 public:
  explicit Recorder(RecorderLimits limits = {});

  // Adds a finished call. `changed`: it succeeded and changed something, so that the export
  // includes it.
  void add(Record record, std::string_view input, bool changed);
  // Updates the record of a call whose commit failed, and removes the call from the export.
  void amend(const Response& response);
  // Removes all records and calls.
  void clear();
  // Removes the account's calls from the export (after reset, restore or fork).
  void forget(std::string_view account);
  // Marks the account's history as incomplete (after restore or fork).
  void mark_incomplete(const std::string& account) { ++dropped_[account]; }

  // Returns the last `limit` records that match, oldest first.
  json requests(const RecordFilter& filter, std::size_t limit) const;
  // Returns a stream of server-sent events, starting now or after the filter's id. A slow reader
  // misses the records that were evicted; a "skipped" event says how many.
  std::shared_ptr<Stream> stream(const RecordFilter& filter);
  // Returns one JSON line for each call that changed something, {"account", "region", "action",
  // "input"}, in order. Inputs include secrets, since a replay needs them.
  std::string exported(const RecordFilter& filter) const;
  // Returns how often the account's history ("": that of all accounts) lost its start: once for
  // each evicted call, restore or fork.
  std::size_t dropped(const std::string& account) const;
  std::size_t bytes() const { return requests_.bytes() + calls_.bytes(); }

 private:
  // A call for the export.
  struct MutatingCall {
    std::string request_id;
    std::string account;  // empty: removed from the export
    std::string region;
    std::string action;
    std::string input;
  };

  void add_call(const Record& record, std::string_view input);
  void wake_streams();
  std::string next_events(const RecordFilter& filter, std::uint64_t& seen) const;

  History<Record> requests_;
  History<MutatingCall> calls_;
  std::map<std::string, std::size_t, std::less<>> dropped_;
  std::vector<std::weak_ptr<Stream>> streams_;
};

}  // namespace papersail
