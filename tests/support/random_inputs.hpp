// Random calls, generated from the shapes of the model and the values of tests/tables/random.json.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "server/api/model.hpp"
#include "state/ids.hpp"
#include "tests/support/samples.hpp"
#include "text/time.hpp"

namespace papersail {

struct RandomCall {
  std::string action;
  json input;
};

// A stream of calls of the implemented actions, which the seed determines.
class RandomCalls {
 public:
  explicit RandomCalls(std::uint64_t seed);

  // Returns the next call, for the time `now`. Nearly all inputs match their shapes. Some use
  // `names`, the names of existing resources.
  RandomCall next(Millis now, const std::vector<std::string>& names);

  std::size_t below(std::size_t n) { return random_.next() % n; }
  bool happens_in(int percent) { return below(100) < static_cast<std::size_t>(percent); }

 private:
  // Merges members from the table that make the input valid.
  void make_valid(RandomCall& call);
  json drawn(const Shape& shape, const std::string& name);
  json structure(const Shape& shape);
  json list(const Shape& shape, const std::string& name);
  json text(const Shape& shape, const std::string& name);
  bool is_name(const std::string& name) const;

  Model model_;
  Ids random_;
  std::vector<std::string> actions_;  // frequent actions several times
  std::map<std::string, std::vector<InvalidValue>> flaws_;
  Millis now_ = 0;
  std::vector<std::string> names_;
};

}  // namespace papersail
