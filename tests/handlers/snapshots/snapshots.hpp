// A papersail with something to take snapshots of.
#pragma once

#include <string>
#include <vector>

#include "tests/support/emulator.hpp"

namespace papersail {

class Snapshots : public Emulator {
 public:
  // "web", an Ubuntu on small_3_0 (60 GB), running; and "data", a disk of 32 GB, available.
  explicit Snapshots(const std::string& lifecycle = "realistic");

  // A running instance in the first zone of the region, with `members` in its request.
  void launch(const std::string& name, const json& members = json::object());
  // A disk that is available.
  void make_disk(const std::string& name, int size_in_gb);
  // Attaches a disk at this path, and waits until it is.
  void attach(const std::string& disk, const std::string& instance, const std::string& path);
  // Takes a snapshot, and waits until it is finished.
  void snapshot_instance(const std::string& instance, const std::string& name);
  void snapshot_disk(const std::string& disk, const std::string& name);

  json instance(const std::string& name);
  json disk(const std::string& name);
  json instance_snapshot(const std::string& name);
  json disk_snapshot(const std::string& name);
  // Switches automatic snapshots on, at the region's hour or at `time`.
  json enable(const std::string& name, const std::string& time = "");
  Refused enable_refused(const std::string& name, const std::string& time = "");
  json disable(const std::string& name);
  // The dates of the automatic snapshots, as listed.
  std::vector<std::string> dates(const std::string& name);
  // "Started", "Succeeded", …
  std::string status(const json& operation);
  // Moves the clock to this time after 2026-01-01T00:00:00Z.
  void go_to(Millis after_start) { advance(test_start + after_start - now()); }
};

// How long the realistic profile takes.
constexpr Millis of_instance = seconds(120);
constexpr Millis of_disk = seconds(60);

}  // namespace papersail
