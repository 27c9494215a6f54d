// A bounded queue with stable ids.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>

namespace papersail {

// Keeps items up to a total number and size, and evicts the oldest beyond either. Ids count from 1
// in the order of `add`.
template <class Item>
class History {
 public:
  History(std::size_t max_items, std::size_t max_bytes)
      : max_items_(max_items), max_bytes_(max_bytes) {}

  // Calls `on_evict` with each evicted item.
  template <class OnEvict>
  void add(Item item, std::size_t bytes, const OnEvict& on_evict) {
    items_.emplace_back(std::move(item), bytes);
    bytes_ += bytes;
    while (items_.size() > max_items_ || bytes_ > max_bytes_) {
      on_evict(items_.front().first);
      drop_first();
    }
  }
  void clear() {
    while (!items_.empty()) drop_first();
  }

  std::size_t size() const { return items_.size(); }
  std::size_t bytes() const { return bytes_; }
  // The stored items have the ids in [first, end).
  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return first_ + items_.size(); }
  const Item& at(std::uint64_t id) const { return items_.at(id - first_).first; }
  Item& at(std::uint64_t id) { return items_.at(id - first_).first; }

 private:
  void drop_first() {
    bytes_ -= items_.front().second;
    items_.pop_front();
    ++first_;
  }

  const std::size_t max_items_;
  const std::size_t max_bytes_;
  std::deque<std::pair<Item, std::size_t>> items_;
  std::size_t bytes_ = 0;
  std::uint64_t first_ = 1;
};

}  // namespace papersail
