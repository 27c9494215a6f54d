#include "server/observers/recorder.hpp"

#include <algorithm>

#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::size_t max_events_size = 64 << 10;  // bytes of events sent at a time

std::string event(const std::string& name, const std::string& data) {
  return "event: " + name + "\ndata: " + data + "\n\n";
}

}  // namespace

bool RecordFilter::matches(const std::string& of_account, const std::string& of_action) const {
  return (account.empty() || account == of_account) &&
         (action.empty() || matches_glob(action, of_action));
}

Recorder::Recorder(RecorderLimits limits)
    : requests_(limits.requests, limits.request_bytes), exports_(limits.calls, limits.call_bytes) {}

void Recorder::add(Record record, std::string_view input, bool changed) {
  if (changed) {
    exports_.add({record.request_id, record.account, record.region, record.action,
                  std::string(input), record.clock});
  }
  const std::size_t bytes = record.bytes();
  requests_.add(std::move(record), bytes, [](const Record&) {});
  if (!streams_.empty()) wake_streams();
}

void Recorder::wake_streams() {
  std::erase_if(streams_, [](const auto& stream) { return stream.expired(); });
  for (const auto& weak : streams_) {
    const auto stream = weak.lock();
    if (stream && stream->wake) stream->wake();
  }
}

// Searches from the end: calls of one commit are recent.
void Recorder::amend(const Response& response) {
  for (std::uint64_t id = requests_.end(); id-- > requests_.first();) {
    if (requests_.at(id).request_id != response.request_id) continue;
    papersail::amend(requests_.at(id), response);
    break;
  }
  exports_.drop(response.request_id);
}

void Recorder::clear() {
  requests_.clear();
  exports_.clear();
}

json Recorder::requests(const RecordFilter& filter, std::size_t limit) const {
  std::vector<std::uint64_t> ids;
  const std::uint64_t first = std::max(requests_.first(), filter.after.value_or(0) + 1);
  for (std::uint64_t id = requests_.end(); id-- > first && ids.size() < limit;) {
    const Record& record = requests_.at(id);
    if (filter.matches(record.account, record.action)) ids.push_back(id);
  }
  json list = json::array();
  for (auto id = ids.rbegin(); id != ids.rend(); ++id)
    list.push_back(to_json(requests_.at(*id), *id));
  return {{"requests", std::move(list)}};
}

std::shared_ptr<Stream> Recorder::stream(const RecordFilter& filter) {
  auto stream = std::make_shared<Stream>();
  stream->next = [this, filter, seen = filter.after.value_or(requests_.end() - 1)]() mutable {
    return next_events(filter, seen);
  };
  streams_.push_back(stream);
  return stream;
}

std::string Recorder::next_events(const RecordFilter& filter, std::uint64_t& seen) const {
  std::string out;
  if (seen + 1 < requests_.first()) {
    const json skipped = {{"skipped", requests_.first() - seen - 1}};
    out = event("skipped", skipped.dump());
    seen = requests_.first() - 1;
  }
  while (seen + 1 < requests_.end() && out.size() < max_events_size) {
    const Record& record = requests_.at(++seen);
    if (!filter.matches(record.account, record.action)) continue;
    out +=
        "id: " + std::to_string(seen) + '\n' + event("request", serialize(to_json(record, seen)));
  }
  return out;
}

}  // namespace papersail
