#include "handlers/quotas.hpp"

#include "fixtures/fixtures.hpp"
#include "text/files.hpp"
#include "text/strict_object.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

const json& file() {
  static const json quotas = parse_json(*fixture("quotas.json"));
  return quotas;
}

const json& rows() {
  return file().at("quotas");
}

using Limit = std::optional<std::int64_t>;

Limit limit_in(const json& value) {
  return value.is_null() ? Limit() : Limit(value.get<std::int64_t>());
}

Limit limit_of(const Call& call, const std::string& what) {
  const auto own = call.account.quotas.find(what);
  return own != call.account.quotas.end() ? own->second : limit_in(rows().at(what).at("limit"));
}

void fill(std::string& text, const std::string& slot, const std::string& value) {
  const std::size_t at = text.find(slot);
  if (at != text.npos) text.replace(at, slot.size(), value);
}

std::string refusal(const json& row, std::int64_t limit) {
  std::string out = row.value("message", file().at("message").get<std::string>());
  fill(out, "{things}", row.value("things", ""));
  fill(out, "{limit}", std::to_string(limit));
  return out;
}

std::string names() {
  std::string out;
  for (const auto& row : rows().items()) out += (out.empty() ? "" : ", ") + row.key();
  return out;
}

Quotas quotas_in(json file) {
  StrictObject members(std::move(file));
  Quotas out;
  for (const auto& row : rows().items()) {
    const json* limit = members.any(row.key());
    if (!limit) continue;
    if (!limit->is_null() && !limit->is_number_unsigned()) {
      members.refuse(row.key(), "a whole number of at least 0, or null for no limit");
    }
    out[row.key()] = limit_in(*limit);
  }
  members.finish("The quotas are " + names() + '.');
  return out;
}

}  // namespace

void require_quota(const Call& call, const std::string& what, std::int64_t count_after) {
  const Limit limit = limit_of(call, what);
  if (limit && count_after > *limit) throw invalid_input(refusal(rows().at(what), *limit));
}

bool has_quota(const Call& call, const std::string& what) {
  return limit_of(call, what).has_value();
}

// Counts up to the limit only, because an account can have many more resources.
void require_quota_for_new(const Call& call, const std::string& type, std::size_t more) {
  const Limit limit = limit_of(call, type);
  if (!limit) return;
  const std::int64_t present = call.store.count(call.region, type, *limit);
  require_quota(call, type, present + static_cast<std::int64_t>(more));
}

Quotas load_quotas(const std::string& path) try {
  const auto text = bytes_of_file(path);
  if (!text) throw std::invalid_argument("The file cannot be read.");
  json file = parse_json(*text);
  if (!file.is_object()) throw std::invalid_argument("The file is not a JSON object.");
  return quotas_in(std::move(file));
} catch (const json::exception& error) {
  throw std::invalid_argument("quotas " + path + ": " + json_problem(error));
} catch (const std::exception& error) {
  throw std::invalid_argument("quotas " + path + ": " + error.what());
}

}  // namespace papersail
