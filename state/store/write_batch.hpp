// Statements that a call has made and that run together when it ends or reads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/store/sqlite.hpp"

namespace papersail {

class WriteBatch {
 public:
  // Adds a statement that returns no rows, with copies of at most twelve values.
  template <class... Values>
  void add(Sql sql, const Values&... values) {
    writes_.emplace_back(sql, values...);
  }
  bool empty() const { return writes_.empty(); }
  void clear() { writes_.clear(); }
  // Runs the statements in their order, and empties the batch even if one fails. Throws
  // std::runtime_error.
  void flush(Database& database);

 private:
  // Keeps all text in one string to save allocations, because a call adds several statements.
  class Write {
   public:
    template <class... Values>
    explicit Write(Sql sql, const Values&... values) : sql_(sql) {
      static_assert(sizeof...(values) <= most_values);
      (add(bindable(values)), ...);
    }
    void run(Database& database) const;

   private:
    static constexpr std::size_t most_values = 12;
    struct Value {
      enum class Kind { null, integer, text } kind = Kind::null;
      std::int64_t number = 0;  // or the length of the text
    };

    void add(std::string_view value);
    void add(std::int64_t value);
    template <class Optional>
    void add(const std::optional<Optional>& value) {
      value ? add(bindable(*value)) : void(++count_);
    }

    Sql sql_;
    std::string text_;
    std::array<Value, most_values> values_;
    std::size_t count_ = 0;
  };

  std::vector<Write> writes_;
};

}  // namespace papersail
