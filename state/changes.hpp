// What a call does to the states of resources.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace papersail {

struct StateChange {
  std::string region;
  std::string type;
  std::string name;
  std::optional<std::string> from;  // none: it is new; "": its type has no states
  std::optional<std::string> to;    // none: it is gone
  std::string before;               // its document until then, if `keeps_documents`
};

// Told by a store (`Store::watch`). What a call undoes has not happened.
class Changes {
 public:
  // As many are listed of what time does and of what a handler does: time may move a million.
  static constexpr std::size_t most = 1000;

  void add(StateChange change) {
    const bool room = list_.size() - kept_size_ < most && list_.size() < 10 * most;
    if (room) list_.push_back(std::move(change));
    ++count_;
  }
  // Moves all of `other` over here, to stay.
  void take(Changes& other) {
    count_ += other.count_ - other.list_.size();
    for (StateChange& change : other.list_) add(std::move(change));
    keep();
    other = Changes();
  }
  // What was added stays.
  void keep() {
    kept_size_ = list_.size();
    kept_count_ = count_;
  }
  // What was added since `keep` has not happened.
  void undo() {
    list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(kept_size_), list_.end());
    count_ = kept_count_;
  }

  const std::vector<StateChange>& list() const { return list_; }
  // How many of the list were kept, they come first.
  std::size_t kept() const { return kept_size_; }
  // How many there were, those that are not in the list included.
  std::size_t count() const { return count_; }

  // Whether the documents of before come along.
  bool keeps_documents = false;

 private:
  std::vector<StateChange> list_;
  std::size_t count_ = 0;
  std::size_t kept_size_ = 0;
  std::size_t kept_count_ = 0;
};

}  // namespace papersail
