// CopySnapshot.
#include "handlers/actions.hpp"
#include "handlers/add_ons/add_ons.hpp"
#include "handlers/catalog.hpp"
#include "handlers/snapshots/auto_snapshots.hpp"
#include "handlers/snapshots/snapshots.hpp"

namespace papersail {
namespace {

void require_region(const std::string& name) {
  if (!is_region(name)) throw invalid_input("The region is not available: " + name);
}

// The source of a copy: a manual snapshot, or an automatic one by the name of its instance or disk.
struct Original {
  std::string type;  // of the snapshot
  std::string name;
  json origin;
};

Original original(Call& call, const std::string& region) {
  if (uses_auto_snapshot(call, "sourceSnapshotName", "sourceResourceName")) {
    const Resource source = instance_or_disk(call, region, call.text("sourceResourceName"));
    return {snapshot_type_of(source.type), source.name, auto_snapshot_origin(call, source)};
  }
  const Resource snapshot =
      instance_or_disk_snapshot(call, region, call.text("sourceSnapshotName"));
  return {snapshot.type, snapshot.name, stored_origin(snapshot, "copy")};
}

// The call is made in the region of the copy. Tags are not copied.
json copy_snapshot(Call& call) {
  const std::string region = call.in["sourceRegion"];
  require_region(region);
  const Original from = original(call, region);
  Resource copy = new_snapshot(call, from.type, call.in["targetSnapshotName"], from.origin);
  call.create(copy);
  return operations({call.started(copy, region + ":" + from.name)});
}

constexpr Action actions[] = {{"CopySnapshot", copy_snapshot}};

}  // namespace

const std::span<const Action> snapshot_copy_actions = actions;

}  // namespace papersail
