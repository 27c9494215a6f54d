// An emulator with resources for snapshots.
#pragma once

#include <string>
#include <vector>

#include "tests/support/emulator.hpp"

namespace papersail {

class Snapshots : public Emulator {
 public:
  // Has a running Ubuntu instance "web" (small_3_0, 60 GB) and an available disk "data" of 32 GB.
  explicit Snapshots(const std::string& lifecycle = "realistic");

  // Creates a running instance in us-east-1a, with `members` in the request.
  void launch(const std::string& name, const json& members = json::object());
  // Creates an available disk.
  void make_disk(const std::string& name, int size_in_gb);
  // Attaches a disk at this path and waits until it is attached.
  void attach(const std::string& disk, const std::string& instance, const std::string& path);
  // Take a snapshot and wait until it is finished.
  void snapshot_instance(const std::string& instance, const std::string& name);
  void snapshot_disk(const std::string& disk, const std::string& name);

  json instance(const std::string& name);
  json disk(const std::string& name);
  json instance_snapshot(const std::string& name);
  json disk_snapshot(const std::string& name);
  // Enables automatic snapshots at `time`, or at the region's default hour.
  json enable(const std::string& name, const std::string& time = "");
  Refused enable_refused(const std::string& name, const std::string& time = "");
  json disable(const std::string& name);
  // Returns the dates of the automatic snapshots in the order of the response.
  std::vector<std::string> dates(const std::string& name);
  // Returns "Started", "Succeeded", ...
  std::string status(const json& operation);
  // Moves the clock to this time after 2026-01-01T00:00:00Z.
  void go_to(Millis after_start) { advance(test_start + after_start - now()); }
};

// Durations in the realistic profile.
constexpr Millis of_instance = seconds(120);
constexpr Millis of_disk = seconds(60);

}  // namespace papersail
