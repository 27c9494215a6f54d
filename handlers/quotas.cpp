#include "handlers/quotas.hpp"

#include "fixtures/fixtures.hpp"

namespace papersail {
namespace {

const json& quotas() {
  static const json rows = json::parse(*fixture("quotas.json"));
  return rows;
}

std::string refusal(std::string message, std::int64_t limit) {
  const std::string mark = "{limit}";
  const std::size_t at = message.find(mark);
  return at == std::string::npos ? message
                                 : message.replace(at, mark.size(), std::to_string(limit));
}

}  // namespace

void require_quota(const Call&, const std::string& what, std::int64_t count_after) {
  const auto row = quotas().find(what);
  if (row == quotas().end() || row->at("limit").is_null()) return;
  const std::int64_t limit = row->at("limit");
  if (count_after > limit) throw invalid_input(refusal(row->at("message"), limit));
}

}  // namespace papersail
