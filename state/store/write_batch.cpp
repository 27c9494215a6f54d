#include "state/store/write_batch.hpp"

#include <utility>

namespace papersail {

void WriteBatch::flush(Database& database) {
  for (const Write& write : std::exchange(writes_, {})) write.run(database);
}

void WriteBatch::Write::add(std::string_view value) {
  text_ += value;
  values_[count_++] = {Value::Kind::text, static_cast<std::int64_t>(value.size())};
}

void WriteBatch::Write::add(std::int64_t value) {
  values_[count_++] = {Value::Kind::integer, value};
}

void WriteBatch::Write::run(Database& database) const {
  Query query = database.query(sql_);
  std::string_view rest = text_;
  for (std::size_t i = 0; i < count_; ++i) {
    const auto& [kind, number] = values_[i];
    const int index = static_cast<int>(i) + 1;
    if (kind == Value::Kind::text) {
      const auto size = static_cast<std::size_t>(number);
      query.bind(index, rest.substr(0, size));
      rest.remove_prefix(size);
    } else {
      query.bind(index, kind == Value::Kind::integer ? std::optional(number) : std::nullopt);
    }
  }
  query.step();
}

}  // namespace papersail
