#include "state/kept_answers.hpp"

#include <utility>

namespace papersail {
namespace {

constexpr std::size_t most_bytes = 1 << 20;

}  // namespace

const KeptAnswer* KeptAnswers::find(std::uint64_t version, std::string_view request) const {
  if (version != version_) return nullptr;
  const auto found = answers_.find(request);
  return found == answers_.end() ? nullptr : &found->second;
}

void KeptAnswers::keep(std::uint64_t version, std::string request, KeptAnswer answer) {
  const std::size_t hash = std::hash<std::string_view>()(request);
  if (std::exchange(asked_[hash % asked_.size()], hash) != hash) return;
  const std::size_t bytes = request.size() + answer.body.size() + 2 * sizeof answer;
  if (bytes > most_bytes) return;
  if (version != version_ || bytes_ + bytes > most_bytes) {
    answers_.clear();
    bytes_ = 0;
  }
  version_ = version;
  if (answers_.emplace(std::move(request), std::move(answer)).second) bytes_ += bytes;
}

}  // namespace papersail
