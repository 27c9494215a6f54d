// The changes of resources' states that a call makes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace papersail {

struct StateChange {
  std::string region;
  std::string type;
  std::string name;
  std::optional<std::string> from;  // nullopt: created; "": its type has no states
  std::optional<std::string> to;    // nullopt: deleted
};

// A list of changes, filled by a store (`Store::watch`). `undo` removes those of a failed call.
class Changes {
 public:
  // Limit on the listed changes of time and, separately, of a handler: an advance of the clock can
  // change a million resources. The list as a whole has at most ten times as many.
  static constexpr std::size_t most = 1000;

  void add(StateChange change) {
    const bool room = list_.size() - kept_size_ < most && list_.size() < 10 * most;
    if (room) list_.push_back(std::move(change));
    ++count_;
  }
  // Moves all changes of `other` here and keeps them.
  void take(Changes& other) {
    count_ += other.count_ - other.list_.size();
    for (StateChange& change : other.list_) add(std::move(change));
    keep();
    other = Changes();
  }
  // Makes the changes so far permanent.
  void keep() {
    kept_size_ = list_.size();
    kept_count_ = count_;
  }
  // Removes the changes that were added since the last `keep`.
  void undo() {
    list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(kept_size_), list_.end());
    count_ = kept_count_;
  }

  // Removes the changes of a resource that were added since the last `keep`.
  void remove(std::string_view region, std::string_view name) {
    const auto of_resource = [&](const StateChange& change) {
      return change.region == region && change.name == name;
    };
    const auto first = list_.begin() + static_cast<std::ptrdiff_t>(kept_size_);
    const auto left = std::remove_if(first, list_.end(), of_resource);
    count_ -= static_cast<std::size_t>(list_.end() - left);
    list_.erase(left, list_.end());
  }

  const std::vector<StateChange>& list() const { return list_; }
  // Number of permanent changes in the list; they come first.
  std::size_t kept() const { return kept_size_; }
  // Number of all changes, including those that are not in the list.
  std::size_t count() const { return count_; }

 private:
  std::vector<StateChange> list_;
  std::size_t count_ = 0;
  std::size_t kept_size_ = 0;
  std::size_t kept_count_ = 0;
};

}  // namespace papersail
