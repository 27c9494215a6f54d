// A store of disks, with a lifecycle that has transitions of every kind.
#pragma once

#include <doctest/doctest.h>

#include <stdexcept>

#include "state/store/store.hpp"

namespace papersail {

inline constexpr const char* region = "us-east-1";

inline Resource disk(const std::string& name, const std::string& state = "available",
                     const std::string& where = region) {
  Resource out{0, where, "Disk", name, {}, json::object()};
  out.doc = {{"name", name}, {"state", state}};
  return out;
}

inline const json chain = {
    {{"type", "Disk"}, {"from", "pending"}, {"after", 5}, {"to", "creating"}},
    {{"type", "Disk"},
     {"from", "creating"},
     {"after", 10},
     {"to", "available"},
     {"patch", {{"path", "/dev/x"}}}},
    {{"type", "Disk"}, {"from", "deleting"}, {"after", 3}, {"to", nullptr}},
    {{"type", "Disk"}, {"from", "odd"}, {"after", 7}, {"to", "pending"}}};

inline Lifecycle rows(const json& transitions) {
  return Lifecycle::parse(json({{"transitions", transitions}}).dump());
}

inline Operation operation_on(std::string_view resource, std::string_view id, Millis from,
                              Millis to) {
  return {id, "CreateDisk", region, "us-east-1a", resource, "Disk", std::nullopt, from, to, "", ""};
}

// A store in memory with the lifecycle `chain`.
struct Disks {
  Lifecycle lifecycle = rows(chain);
  Store store{"", lifecycle, 1};

  Resource create(const std::string& name, const std::string& state, Millis now) {
    Resource out = disk(name, state);
    store.create(out, now);
    return out;
  }
  std::string state(const std::string& name) { return status_of(store.get(region, "Disk", name)); }
  // Makes a call whose writes fail at `end_call`, and rolls it back.
  void fail_to_keep() {
    store.operations().add(operation_on("before", "one", 0, 0));
    store.operations().add(
        operation_on("before", "one", 0, 0));  // the same id violates a unique index
    CHECK_THROWS_AS(store.end_call(), std::runtime_error);
    store.rollback_call();
  }
};

}  // namespace papersail
