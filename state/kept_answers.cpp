#include "state/kept_answers.hpp"

#include <utility>

namespace papersail {
namespace {

constexpr std::size_t most_bytes = 512 << 10;

}  // namespace

void KeptAnswers::be_of(std::uint64_t version) {
  if (version_ == version) return;
  version_ = version;
  clear();
}

void KeptAnswers::clear() {
  bytes_ = 0;
  answers_.clear();
}

const KeptAnswer* KeptAnswers::find(std::uint64_t version, std::string_view request) {
  be_of(version);
  const auto found = answers_.find(request);
  return found == answers_.end() ? nullptr : &found->second;
}

void KeptAnswers::keep(std::uint64_t version, std::string request, KeptAnswer answer) {
  be_of(version);
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(request));
  if (std::exchange(asked_[hash % asked_.size()], hash) != hash) return;
  const std::size_t bytes = request.size() + answer.body.size() + 2 * sizeof answer;
  if (bytes > most_bytes) return;
  if (bytes_ + bytes > most_bytes) clear();
  if (answers_.emplace(std::move(request), std::move(answer)).second) bytes_ += bytes;
}

}  // namespace papersail
