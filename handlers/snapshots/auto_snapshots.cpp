// GetAutoSnapshots, DeleteAutoSnapshot.
#include "handlers/snapshots/auto_snapshots.hpp"

#include "handlers/actions.hpp"
#include "handlers/add_ons/add_ons.hpp"
#include "handlers/add_ons/auto_schedule.hpp"
#include "handlers/refusals.hpp"
#include "handlers/snapshots/snapshots.hpp"

namespace papersail {
namespace {

// Automatic snapshots have the duration and the outcome of manual ones in the lifecycle.
std::string status_at(const Call& call, const Resource& source, const DailySnapshot& snapshot) {
  const Outcome end =
      call.store.lifecycle().final_outcome(snapshot_type_of(source.type), source.name, "pending");
  if (call.now() < snapshot.created_at + end.after) return "InProgress";
  return end.error_code.empty() ? "Success" : "Failed";
}

json to_json(Call& call, const Resource& source, const DailySnapshot& snapshot) {
  json disks = json::array();
  const json attached = attached_disks(call, source, snapshot.created_at);
  for (const json& disk : attached) {
    disks.push_back({{"path", disk.at("path")}, {"sizeInGb", disk.at("sizeInGb")}});
  }
  return {{"date", snapshot.date},
          {"createdAt", timestamp(snapshot.created_at)},
          {"status", status_at(call, source, snapshot)},
          {"fromAttachedDisks", std::move(disks)}};
}

json get_auto_snapshots(Call& call) {
  const Resource source = instance_or_disk(call, call.region, call.in["resourceName"]);
  json list = json::array();
  for (const DailySnapshot& snapshot : daily_snapshots(source, call.now())) {
    list.push_back(to_json(call, source, snapshot));
  }
  return {{"resourceName", source.name}, {"resourceType", source.type}, {"autoSnapshots", list}};
}

DailySnapshot snapshot_of_date(const Call& call, const Resource& source, const std::string& date) {
  for (const DailySnapshot& snapshot : daily_snapshots(source, call.now())) {
    if (snapshot.date == date) return snapshot;
  }
  throw not_found("AutoSnapshot", date);
}

void require_finished(const Call& call, const Resource& source, const DailySnapshot& snapshot,
                      const char* action) {
  if (status_at(call, source, snapshot) != "InProgress") return;
  throw operation_failure(std::string("You can't ") + action + " the automatic snapshot of " +
                          snapshot.date +
                          " while it is being created. Please wait for it to complete before "
                          "trying again.");
}

// Recorded: the operation has the region's name as its zone, and no statusChangedAt.
json delete_auto_snapshot(Call& call) {
  Resource source = instance_or_disk(call, call.region, call.in["resourceName"]);
  const std::string date = call.in["date"];
  require_finished(call, source, snapshot_of_date(call, source, date), "delete");
  remove_auto_snapshot(source, date, call.now());
  call.put(source);
  source.doc["location"]["availabilityZone"] = call.region;
  json operation = parse_all(call.succeeded(source, "DeleteAutoSnapshot-" + date));
  operation.erase("statusChangedAt");
  return operations({operation});
}

constexpr Action actions[] = {
    {"DeleteAutoSnapshot", delete_auto_snapshot},
    {"GetAutoSnapshots", get_auto_snapshots},
};

DailySnapshot latest_restorable(const Call& call, const Resource& source) {
  for (const DailySnapshot& snapshot : daily_snapshots(source, call.now())) {
    if (status_at(call, source, snapshot) == "Success") return snapshot;
  }
  throw not_found("There is no automatic snapshot of " + source.name + " to restore.");
}

DailySnapshot selected_snapshot(const Call& call, const Resource& source) {
  if (call.flag("useLatestRestorableAutoSnapshot")) return latest_restorable(call, source);
  const DailySnapshot out = snapshot_of_date(call, source, call.text("restoreDate"));
  require_finished(call, source, out, "use");
  if (status_at(call, source, out) == "Success") return out;
  throw operation_failure("The automatic snapshot of " + out.date + " has failed.");
}

}  // namespace

bool auto_snapshot_in_progress(const Call& call, const Resource& source) {
  const auto list = daily_snapshots(source, call.now());
  return !list.empty() && status_at(call, source, list.front()) == "InProgress";
}

bool uses_auto_snapshot(const Call& call, const char* snapshot_member,
                        const char* resource_member) {
  require_exactly_one(call, snapshot_member, resource_member);
  const bool automatic = !call.text(resource_member).empty();
  if (automatic) {
    require_exactly_one(call, "restoreDate", "useLatestRestorableAutoSnapshot");
  } else if (!call.text("restoreDate").empty() || call.flag("useLatestRestorableAutoSnapshot")) {
    throw invalid_input(
        "restoreDate and useLatestRestorableAutoSnapshot are for automatic snapshots only.");
  }
  return automatic;
}

json auto_snapshot_origin(Call& call, const Resource& source) {
  json out = origin_of(call, source, selected_snapshot(call, source).created_at);
  out["isFromAutoSnapshot"] = true;
  return out;
}

const std::span<const Action> auto_snapshot_actions = actions;

}  // namespace papersail
