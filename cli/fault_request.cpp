#include "cli/fault_request.hpp"

#include <algorithm>
#include <vector>

#include "cli/duration.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr const char* effects[] = {"--error", "--operation", "--latency", "--reset", "--rate"};

double number_in(const Invocation& invocation, const std::string& argument) {
  const json number = try_parse_json(invocation.text(argument));
  if (!number.is_number()) {
    throw UsageError(argument + " must be a number, not " + invocation.text(argument));
  }
  return number;
}

// Throws UsageError unless exactly one effect is given.
void require_one_effect(const Invocation& invocation) {
  std::vector<std::string> given;
  for (const char* effect : effects) {
    if (invocation.has(effect)) given.emplace_back(effect);
  }
  if (given.size() == 1) return;
  if (given.empty()) {
    throw UsageError("a fault needs one effect: " +
                     joined({effects[0], effects[1], effects[2], effects[3], "or --rate"}));
  }
  throw UsageError("a fault has one effect only, not " + joined(given, " and ") +
                   "; add a second fault");
}

// Throws UsageError if an argument is given without one of the effects that it belongs to.
void require_effect(const Invocation& invocation, const char* argument, const char* one,
                    const char* other = nullptr) {
  if (!invocation.has(argument) || invocation.has(one)) return;
  if (other && invocation.has(other)) return;
  throw UsageError(std::string(argument) + " goes with " + one +
                   (other ? std::string(" or ") + other : "") + " only");
}

// Returns an object with the members whose arguments are given.
json texts(const Invocation& invocation,
           std::initializer_list<std::pair<const char*, const char*>> members) {
  json out = json::object();
  for (const auto& [member, argument] : members) {
    if (invocation.has(argument)) out[member] = invocation.text(argument);
  }
  return out;
}

json rate_of(const Invocation& invocation) {
  json rate = {{"per_second", number_in(invocation, "--rate")}};
  if (invocation.has("--burst")) rate["burst"] = number_in(invocation, "--burst");
  return rate;
}

// A number without a unit is milliseconds.
std::int64_t milliseconds_in(const std::string& text) {
  const bool plain = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  return parse_duration(plain ? text + "ms" : text);
}

// Parses "200", "1s" or "100ms-500ms".
json latency_of(const Invocation& invocation) try {
  const std::string text = invocation.text("--latency");
  const std::size_t dash = std::min(text.find('-'), text.size());
  if (dash == text.size()) return milliseconds_in(text);
  return {milliseconds_in(text.substr(0, dash)), milliseconds_in(text.substr(dash + 1))};
} catch (const std::invalid_argument&) {
  throw UsageError("--latency must be a time or a range, such as 200ms, 1s or 100ms-500ms, not " +
                   invocation.text("--latency"));
}

void add_conditions(const Invocation& invocation, json& out) {
  for (const char* count : {"--after", "--times"}) {
    if (const auto number = invocation.number(count)) out[count + 2] = *number;
  }
  if (out.value("times", 1) == 0) throw UsageError("--times must be at least 1");
  if (!invocation.has("--probability")) return;
  const double share = number_in(invocation, "--probability");
  if (share < 0 || share > 1) throw UsageError("--probability must be from 0 to 1");
  out["probability"] = share;
}

}  // namespace

json fault_request(const Invocation& invocation) {
  require_one_effect(invocation);
  require_effect(invocation, "--once-done", "--error", "--reset");
  require_effect(invocation, "--code", "--error");
  require_effect(invocation, "--message", "--error", "--operation");
  require_effect(invocation, "--burst", "--rate");
  json out = texts(invocation,
                   {{"action", "ACTION"}, {"resource", "--resource"}, {"region", "--in-region"}});
  add_conditions(invocation, out);
  if (invocation.has("--once-done")) out["phase"] = "after";
  if (invocation.has("--error")) {
    out["error"] =
        texts(invocation, {{"type", "--error"}, {"code", "--code"}, {"message", "--message"}});
  }
  if (invocation.has("--operation")) {
    out["operation"] =
        texts(invocation, {{"errorCode", "--operation"}, {"errorDetails", "--message"}});
  }
  if (invocation.has("--rate")) out["rate"] = rate_of(invocation);
  if (invocation.has("--latency")) out["latency_ms"] = latency_of(invocation);
  if (invocation.has("--reset")) out["reset"] = true;
  return out;
}

}  // namespace papersail
