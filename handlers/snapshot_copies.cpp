// CopySnapshot.
#include "handlers/actions.hpp"
#include "handlers/auto_snapshots.hpp"
#include "handlers/catalog.hpp"
#include "handlers/snapshots.hpp"

namespace papersail {
namespace {

void require_region(const std::string& name) {
  if (!is_region(name)) throw invalid_input("The region is not available: " + name);
}

// The manual snapshot to copy. Documented: those of databases cannot be.
Resource snapshot_in(Call& call, const std::string& region, const std::string& name) {
  auto found = call.store.find(region, name);
  if (found && found->type == "RelationalDatabaseSnapshot") {
    throw invalid_input("Snapshots of databases cannot be copied: " + name);
  }
  const bool is_snapshot = found && found->type.ends_with("Snapshot");
  if (!is_snapshot) throw not_found("Snapshot", name);
  return *std::move(found);
}

// The instance or disk whose automatic snapshot is to be copied.
Resource source_in(Call& call, const std::string& region, const std::string& name) {
  auto found = call.store.find(region, name);
  if (!found || (found->type != "Instance" && found->type != "Disk")) {
    throw not_found("Resource", name);
  }
  return *std::move(found);
}

// Called in the region that gets the copy.
json copy_snapshot(Call& call) {
  const std::string region = call.in["sourceRegion"];
  require_region(region);
  std::string type;
  std::string source;
  json origin;
  if (names_auto_snapshot(call, "sourceSnapshotName", "sourceResourceName")) {
    const Resource resource = source_in(call, region, source = call.text("sourceResourceName"));
    type = snapshot_type_of(resource.type);
    origin = auto_snapshot_origin(call, resource);
  } else {
    const Resource snapshot = snapshot_in(call, region, source = call.text("sourceSnapshotName"));
    type = snapshot.type;
    origin = kept_origin(snapshot, "copy");
  }
  Resource copy = new_snapshot(call, type, call.in["targetSnapshotName"], origin);
  call.create(copy);
  return operations({call.started("CopySnapshot", copy, region + ":" + source)});
}

constexpr Action actions[] = {{"CopySnapshot", copy_snapshot}};

}  // namespace

const std::span<const Action> snapshot_copy_actions = actions;

}  // namespace papersail
