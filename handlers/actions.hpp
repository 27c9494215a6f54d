// The table of all implemented actions.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "handlers/call.hpp"

namespace papersail {

// Returns the output of a call, or throws ApiError; then the call's changes are rolled back.
using Handler = json (*)(Call&);

struct Action {
  std::string_view name;  // as in the service model
  Handler handle;
};

// One table for each family, defined at the end of its file.
extern const std::span<const Action> add_on_actions;
extern const std::span<const Action> auto_snapshot_actions;
extern const std::span<const Action> catalog_actions;
extern const std::span<const Action> disk_actions;
extern const std::span<const Action> disk_attachment_actions;
extern const std::span<const Action> disk_snapshot_actions;
extern const std::span<const Action> gui_session_actions;
extern const std::span<const Action> instance_access_actions;
extern const std::span<const Action> instance_actions;
extern const std::span<const Action> instance_creation_actions;
extern const std::span<const Action> instance_https_actions;
extern const std::span<const Action> instance_metadata_actions;
extern const std::span<const Action> instance_metric_actions;
extern const std::span<const Action> instance_port_actions;
extern const std::span<const Action> instance_snapshot_actions;
extern const std::span<const Action> instances_from_snapshot_actions;
extern const std::span<const Action> ip_address_type_actions;
extern const std::span<const Action> key_pair_actions;
extern const std::span<const Action> operation_actions;
extern const std::span<const Action> relational_database_actions;
extern const std::span<const Action> relational_database_catalog_actions;
extern const std::span<const Action> relational_database_creation_actions;
extern const std::span<const Action> relational_database_event_actions;
extern const std::span<const Action> relational_database_log_actions;
extern const std::span<const Action> relational_database_metric_actions;
extern const std::span<const Action> relational_database_parameter_actions;
extern const std::span<const Action> relational_database_password_actions;
extern const std::span<const Action> relational_database_power_actions;
extern const std::span<const Action> relational_database_restore_actions;
extern const std::span<const Action> relational_database_snapshot_actions;
extern const std::span<const Action> relational_database_update_actions;
extern const std::span<const Action> snapshot_copy_actions;
extern const std::span<const Action> snapshot_export_actions;
extern const std::span<const Action> static_ip_actions;
extern const std::span<const Action> tag_actions;
extern const std::span<const Action> vpc_peering_actions;

// Returns the rows of all tables.
std::vector<Action> all_actions();

}  // namespace papersail
