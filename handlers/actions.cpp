#include "handlers/actions.hpp"

namespace papersail {

std::vector<Action> all_actions() {
  std::vector<Action> out;
  for (const auto family :
       {catalog_actions, instance_actions, instance_access_actions, instance_creation_actions,
        instance_port_actions, key_pair_actions, operation_actions, relational_database_actions,
        relational_database_catalog_actions, relational_database_creation_actions,
        relational_database_event_actions, relational_database_log_actions,
        relational_database_parameter_actions, relational_database_password_actions,
        relational_database_power_actions, relational_database_restore_actions,
        relational_database_snapshot_actions, relational_database_update_actions, tag_actions}) {
    out.insert(out.end(), family.begin(), family.end());
  }
  return out;
}

}  // namespace papersail
