// The record of the calls: the last ones whole, and what is needed to make them again.
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

// How much is remembered.
struct RecorderLimits {
  std::size_t requests = 5000;
  std::size_t request_bytes = 8 << 20;
  std::size_t calls = 1'000'000;
  std::size_t call_bytes = 16 << 20;
};

// Which of the calls; an empty member is any.
struct RecordFilter {
  std::string account = {};
  std::string action = {};                  // a glob
  std::optional<std::uint64_t> after = {};  // an id: only later ones

  bool takes(const std::string& account, const std::string& action) const;
};

class Recorder {
 public:
  explicit Recorder(RecorderLimits limits = {});

  // `changed`: the call succeeded and changed something, so that it belongs to an export.
  void add(Record record, std::string_view input, bool changed);
  // The answer of a recorded call has become another one: what it tells of could not be kept.
  void amend(const Response& response);
  // All of it.
  void clear();
  // An account begins anew: its calls so far are not to be made again.
  void forget(std::string_view account);
  // It has become what the calls that follow would not make it.
  void mark_incomplete(const std::string& account) { ++lost_[account]; }

  // The last `limit`, the oldest of them first.
  json requests(const RecordFilter& filter, std::size_t limit) const;
  // Server-sent events, from now on or from after the filter's id. One that is read too slowly
  // skips what is no longer remembered.
  std::shared_ptr<Stream> stream(const RecordFilter& filter);
  // A line a call that changed something, {"account", "region", "action", "input"}, in order, with
  // inputs as they were sent: secrets too, or they could not be made again.
  std::string exported(const RecordFilter& filter) const;
  // How often something of the account's beginning ("": of all) has been lost: a call for lack of
  // room, or all of it when a copy took its place.
  std::size_t dropped(const std::string& account) const;
  std::size_t bytes() const { return requests_.bytes() + calls_.bytes(); }

 private:
  // A call to make again.
  struct MutatingCall {
    std::string request_id;
    std::string account;  // empty: it does not count any more
    std::string region;
    std::string action;
    std::string input;
  };

  void add_call(const Record& record, std::string_view input);
  void wake_streams();
  std::string next_events(const RecordFilter& filter, std::uint64_t& seen) const;

  History<Record> requests_;
  History<MutatingCall> calls_;
  std::map<std::string, std::size_t, std::less<>> lost_;
  std::vector<std::weak_ptr<Stream>> streams_;
};

}  // namespace papersail
