// Records calls: the last ones with their bodies, and for replay, all that changed something.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/observers/export_log.hpp"
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
  // The lines of the export.
  ExportLog& exports() { return exports_; }

  // Returns the last `limit` records that match, oldest first.
  json requests(const RecordFilter& filter, std::size_t limit) const;
  // Returns a stream of server-sent events, starting now or after the filter's id. A slow reader
  // misses the records that were evicted; a "skipped" event says how many.
  std::shared_ptr<Stream> stream(const RecordFilter& filter);
  std::size_t bytes() const { return requests_.bytes() + exports_.bytes(); }

 private:
  void wake_streams();
  std::string next_events(const RecordFilter& filter, std::uint64_t& seen) const;

  History<Record> requests_;
  ExportLog exports_;
  std::vector<std::weak_ptr<Stream>> streams_;
};

}  // namespace papersail
