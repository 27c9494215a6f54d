#include "handlers/actions.hpp"

namespace papersail {

std::vector<Action> all_actions() {
  std::vector<Action> out;
  for (const auto family : {add_on_actions,
                            auto_snapshot_actions,
                            catalog_actions,
                            disk_actions,
                            disk_attachment_actions,
                            disk_snapshot_actions,
                            gui_session_actions,
                            instance_access_actions,
                            instance_actions,
                            instance_creation_actions,
                            instance_https_actions,
                            instance_metadata_actions,
                            instance_metric_actions,
                            instance_port_actions,
                            instance_snapshot_actions,
                            instances_from_snapshot_actions,
                            ip_address_type_actions,
                            key_pair_actions,
                            operation_actions,
                            relational_database_actions,
                            relational_database_catalog_actions,
                            relational_database_creation_actions,
                            relational_database_event_actions,
                            relational_database_log_actions,
                            relational_database_metric_actions,
                            relational_database_parameter_actions,
                            relational_database_password_actions,
                            relational_database_power_actions,
                            relational_database_restore_actions,
                            relational_database_snapshot_actions,
                            relational_database_update_actions,
                            snapshot_copy_actions,
                            snapshot_export_actions,
                            static_ip_actions,
                            tag_actions,
                            vpc_peering_actions}) {
    out.insert(out.end(), family.begin(), family.end());
  }
  return out;
}

}  // namespace papersail
