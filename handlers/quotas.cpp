#include "handlers/quotas.hpp"

#include <fstream>

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

const json& file() {
  static const json quotas = json::parse(*fixture("quotas.json"));
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

Limit own_limit(const std::string& name, const json& value) {
  if (!rows().contains(name)) {
    throw std::invalid_argument("unknown quota \"" + name + "\"; the quotas are " + names());
  }
  if (!value.is_null() && !value.is_number_unsigned()) {
    throw std::invalid_argument(name + " must be a non-negative integer, or null for no limit");
  }
  return limit_in(value);
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
  std::ifstream in(path);
  if (!in) throw std::invalid_argument("no such file");
  const json own = json::parse(in);
  if (!own.is_object()) throw std::invalid_argument("not a JSON object");
  Quotas out;
  for (const auto& row : own.items()) out[row.key()] = own_limit(row.key(), row.value());
  return out;
} catch (const std::exception& error) {
  throw std::invalid_argument("quotas " + path + ": " + error.what());
}

}  // namespace papersail
