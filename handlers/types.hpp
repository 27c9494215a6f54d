// The types of resources, as in the API's resourceType.
#pragma once

namespace papersail::type {

inline constexpr const char* cloud_formation_stack_record = "CloudFormationStackRecord";
inline constexpr const char* disk = "Disk";
inline constexpr const char* disk_snapshot = "DiskSnapshot";
inline constexpr const char* distribution = "Distribution";
inline constexpr const char* export_snapshot_record = "ExportSnapshotRecord";
inline constexpr const char* instance = "Instance";
inline constexpr const char* instance_snapshot = "InstanceSnapshot";
inline constexpr const char* key_pair = "KeyPair";
inline constexpr const char* load_balancer = "LoadBalancer";
inline constexpr const char* peered_vpc = "PeeredVpc";
inline constexpr const char* relational_database = "RelationalDatabase";
inline constexpr const char* relational_database_snapshot = "RelationalDatabaseSnapshot";
inline constexpr const char* static_ip = "StaticIp";

}  // namespace papersail::type
