#include "server/observers/record.hpp"

#include <algorithm>

#include "server/api/secrets.hpp"
#include "text/strings.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

constexpr std::size_t max_text = 64 << 10;
constexpr std::size_t max_changes = 100;
constexpr std::size_t max_name = 64;  // clients may send any action and region

void hide(json& value) {
  if (value.is_structured()) {
    for (json& child : value) hide(child);
  } else {
    value = "***";
  }
}

void mask(json& value, const std::string& inside) {
  if (value.is_array()) {
    for (json& child : value) mask(child, inside);
  } else if (value.is_object()) {
    for (auto member = value.begin(); member != value.end(); ++member) {
      is_secret(member.key(), inside) ? hide(*member) : mask(*member, member.key());
    }
  }
}

// Replaces bytes that are not UTF-8: clients may send any bytes.
json readable(const std::string& text) {
  return parse_json(printed(text));
}

json to_json(const StateChange& change) {
  json out = {{"type", change.type}, {"name", change.name}, {"region", change.region}};
  out["from"] = change.from ? json(*change.from) : json();
  out["to"] = change.to ? json(*change.to) : json();
  return out;
}

json to_json(const std::vector<StateChange>& changes) {
  json out = json::array();
  for (const auto& change : changes) out.push_back(to_json(change));
  return out;
}

// Keeps no text of another service, because its secrets are not known.
void keep_text(std::string& kept, std::size_t& size, std::string_view text,
               const Response& response) {
  size = text.size();
  kept = size <= max_text && !response.is_foreign ? text : std::string_view();
}

}  // namespace

std::size_t Record::bytes() const {
  return sizeof *this + input.size() + output.size() + changes.size() * 2 * sizeof(StateChange) +
         unread.size() * 64;
}

Record record_of(const Request& request, const Response& response, const CallTrace& trace) {
  Record out;
  out.duration = std::chrono::steady_clock::now() - trace.began;
  out.request_id = response.request_id;
  out.time = Clock::real().now();
  out.clock = trace.clock;
  out.account = response.account;
  out.region = response.region.substr(0, max_name);
  out.action = response.action == "-" ? request.target.substr(0, max_name) : response.action;
  keep_text(out.input, out.input_size, request.body, response);
  amend(out, response);
  out.unread = trace.unread;
  if (trace.fault_outcome) out.faults = trace.fault_outcome->faults;
  const auto& changes = trace.changes.list();
  const std::size_t count = std::min(changes.size(), max_changes);
  out.changes.assign(changes.begin(), changes.begin() + static_cast<std::ptrdiff_t>(count));
  out.change_count = trace.changes.count();
  return out;
}

void amend(Record& record, const Response& response) {
  record.status = response.status;
  record.error_type = response.error_type;
  keep_text(record.output, record.output_size, response.body, response);
}

json to_json(const Record& record, std::uint64_t id) {
  json out = {{"id", id},
              {"requestId", record.request_id},
              {"time", instant_text(record.time)},
              {"account", record.account},
              {"region", readable(record.region)},
              {"action", readable(record.action)},
              {"input", masked_body(record.input)},
              {"inputBytes", record.input_size},
              {"output", masked_body(record.output)},
              {"outputBytes", record.output_size},
              {"durationMs", static_cast<double>(record.duration.count()) / 1e6},
              {"unread", record.unread},
              {"faults", record.faults},
              {"changes", to_json(record.changes)},
              {"changeCount", record.change_count}};
  out["clock"] = record.clock ? json(instant_text(*record.clock)) : json();
  out["status"] = record.status ? json(record.status) : json();
  out["errorType"] = record.error_type.empty() ? json() : json(record.error_type);
  return out;
}

// A body that cannot be parsed is not shown, because its secrets cannot be found.
json masked_body(const std::string& text) {
  if (text.empty() || depth_of(text) > deepest_input) return nullptr;
  json value = try_parse_json(text);
  return value.is_discarded() ? json() : masked(std::move(value));
}

json masked(json value) {
  mask(value, "");
  return value;
}

}  // namespace papersail
