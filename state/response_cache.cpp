#include "state/response_cache.hpp"

#include <utility>

namespace papersail {
namespace {

constexpr std::size_t most_bytes = 512 << 10;

}  // namespace

void ResponseCache::invalidate_before(std::uint64_t version) {
  if (version_ == version) return;
  version_ = version;
  clear();
}

void ResponseCache::clear() {
  bytes_ = 0;
  responses_.clear();
}

const CachedResponse* ResponseCache::find(std::uint64_t version, std::string_view request) {
  invalidate_before(version);
  const auto found = responses_.find(request);
  return found == responses_.end() ? nullptr : &found->second;
}

void ResponseCache::keep(std::uint64_t version, std::string request, CachedResponse response) {
  invalidate_before(version);
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(request));
  if (std::exchange(seen_once_[hash % seen_once_.size()], hash) != hash) return;
  const std::size_t bytes = request.size() + response.body.size() + 2 * sizeof response;
  if (bytes > most_bytes) return;
  if (bytes_ + bytes > most_bytes) clear();
  if (responses_.emplace(std::move(request), std::move(response)).second) bytes_ += bytes;
}

}  // namespace papersail
