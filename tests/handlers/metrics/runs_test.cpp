#include "handlers/metrics/runs.hpp"

#include <doctest/doctest.h>

namespace papersail {
namespace {

Resource created_at(Millis now) {
  Resource out;
  out.doc = {{"createdAt", timestamp(now)}};
  return out;
}

}  // namespace

TEST_CASE("runs_of: returns a run from the creation to the stop") {
  Resource resource = created_at(1000);
  auto runs = runs_of(resource, true, 5000);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].from == 1000);
  CHECK(runs[0].until == 5000);
  end_run(resource, 3000);
  runs = runs_of(resource, false, 5000);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].until == 3000);
}

TEST_CASE("runs_of: returns another run after a start") {
  Resource resource = created_at(1000);
  end_run(resource, 3000);
  end_run(resource, 4000);  // the end is already recorded
  resource.internal["startedAt"] = 7000;
  CHECK(runs_of(resource, false, 8000).size() == 1);
  const auto runs = runs_of(resource, true, 8000);
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].until == 3000);
  CHECK(runs[1].from == 7000);
  CHECK(runs[1].until == 8000);
}

TEST_CASE("end_run: removes runs that no metric needs") {
  Resource resource = created_at(1000);
  end_run(resource, 3000);
  resource.internal["startedAt"] = days(1);
  end_run(resource, days(2));
  resource.internal["startedAt"] = days(600);
  end_run(resource, days(601));
  const auto runs = runs_of(resource, false, days(602));
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].from == days(600));
}

}  // namespace papersail
