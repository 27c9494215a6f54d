// The newest of a row of things.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>

namespace papersail {

// Keeps things up to a number and a size of all; beyond them the oldest go. Each has an id that
// says where it stood in the row: 1, 2, 3 …
template <class Thing>
class History {
 public:
  History(std::size_t most, std::size_t most_bytes) : most_(most), most_bytes_(most_bytes) {}

  // `farewell` is called with each one that has to go.
  template <class OnEvict>
  void add(Thing thing, std::size_t bytes, const OnEvict& farewell) {
    things_.emplace_back(std::move(thing), bytes);
    bytes_ += bytes;
    while (things_.size() > most_ || bytes_ > most_bytes_) {
      farewell(things_.front().first);
      drop_first();
    }
  }
  void clear() {
    while (!things_.empty()) drop_first();
  }

  std::size_t size() const { return things_.size(); }
  std::size_t bytes() const { return bytes_; }
  // Those that are there have the ids from `first` to before `end`.
  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return first_ + things_.size(); }
  const Thing& at(std::uint64_t id) const { return things_.at(id - first_).first; }
  Thing& at(std::uint64_t id) { return things_.at(id - first_).first; }

 private:
  void drop_first() {
    bytes_ -= things_.front().second;
    things_.pop_front();
    ++first_;
  }

  const std::size_t most_;
  const std::size_t most_bytes_;
  std::deque<std::pair<Thing, std::size_t>> things_;
  std::size_t bytes_ = 0;
  std::uint64_t first_ = 1;
};

}  // namespace papersail
