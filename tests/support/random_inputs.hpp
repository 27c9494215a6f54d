// Random calls, made from the shapes of the model and the words of tests/tables/random.json.
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

// A stream of calls of the actions that are implemented; the same one for the same seed.
class RandomCalls {
 public:
  explicit RandomCalls(std::uint64_t seed);

  // The next call, to be made at `now`. Nearly all fit their shapes. `names` are those of resources
  // that exist, of which some are drawn.
  RandomCall next(Millis now, const std::vector<std::string>& names);

  std::size_t below(std::size_t n) { return random_.next() % n; }
  bool happens_in(int percent) { return below(100) < static_cast<std::size_t>(percent); }

 private:
  // Gives it what makes the action's inputs good.
  void mend(RandomCall& call);
  json drawn(const Shape& shape, const std::string& name);
  json structure(const Shape& shape);
  json list(const Shape& shape, const std::string& name);
  json text(const Shape& shape, const std::string& name);
  bool is_name(const std::string& name) const;

  Model model_;
  Ids random_;
  std::vector<std::string> actions_;  // several times where they come often
  std::map<std::string, std::vector<Flawed>> flaws_;
  Millis now_ = 0;
  std::vector<std::string> names_;
};

}  // namespace papersail
