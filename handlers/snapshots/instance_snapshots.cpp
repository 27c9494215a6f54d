// CreateInstanceSnapshot, GetInstanceSnapshot, GetInstanceSnapshots, DeleteInstanceSnapshot.
#include "handlers/actions.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/snapshots/snapshots.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

json create_instance_snapshot(Call& call) {
  const Resource instance = instance_of(call);
  return take_snapshot(call, instance, type::instance_snapshot, call.in["instanceSnapshotName"],
                       origin_of(call, instance, call.now()));
}

json get_instance_snapshot(Call& call) {
  return {
      {"instanceSnapshot", call.show(type::instance_snapshot, call.in["instanceSnapshotName"])}};
}

json get_instance_snapshots(Call& call) {
  return call.show_list(type::instance_snapshot, "instanceSnapshots");
}

json delete_instance_snapshot(Call& call) {
  return delete_snapshot(call, instance_snapshot_of(call));
}

constexpr Action actions[] = {
    {"CreateInstanceSnapshot", create_instance_snapshot},
    {"DeleteInstanceSnapshot", delete_instance_snapshot},
    {"GetInstanceSnapshot", get_instance_snapshot},
    {"GetInstanceSnapshots", get_instance_snapshots},
};

}  // namespace

const std::span<const Action> instance_snapshot_actions = actions;

}  // namespace papersail
