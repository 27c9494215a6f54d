// The operations of an account.
#pragma once

#include <cstdint>
#include <string_view>

#include "state/operation.hpp"
#include "state/page.hpp"
#include "state/store/transaction.hpp"
#include "text/json.hpp"
#include "text/time.hpp"

namespace papersail {

// An operation is never deleted, also if its resource is.
class Operations {
 public:
  // `transaction` must outlive the object.
  explicit Operations(Transaction& transaction) : transaction_(transaction) {}

  void add(const Operation& operation);
  // Returns the operation at `now` as raw JSON; null if there is none.
  json find(std::string_view region, std::string_view id, Millis now);
  // Return the operations of a region, or of a resource, at `now`, newest first. Throw
  // invalid_input if the token is invalid.
  Page list(std::string_view region, std::string_view token, Millis now);
  Page list_for(std::string_view region, std::string_view resource, std::string_view token,
                Millis now);
  std::int64_t count();

 private:
  Transaction& transaction_;
};

}  // namespace papersail
