#include "state/resource.hpp"

#include <map>

namespace papersail {

const json::json_pointer* status_pointer(const std::string& type) {
  static const std::map<std::string, json::json_pointer> pointers = {
      {"Alarm", json::json_pointer("/state")},
      {"Bucket", json::json_pointer("/state/code")},
      {"Certificate", json::json_pointer("/status")},
      {"CloudFormationStackRecord", json::json_pointer("/state")},
      {"ContactMethod", json::json_pointer("/status")},
      {"ContainerService", json::json_pointer("/state")},
      {"Disk", json::json_pointer("/state")},
      {"DiskSnapshot", json::json_pointer("/state")},
      {"Distribution", json::json_pointer("/status")},
      {"ExportSnapshotRecord", json::json_pointer("/state")},
      {"Instance", json::json_pointer("/state/name")},
      {"InstanceSnapshot", json::json_pointer("/state")},
      {"LoadBalancer", json::json_pointer("/state")},
      {"LoadBalancerTlsCertificate", json::json_pointer("/status")},
      {"RelationalDatabase", json::json_pointer("/state")},
      {"RelationalDatabaseSnapshot", json::json_pointer("/state")},
  };
  const auto found = pointers.find(type);
  return found == pointers.end() ? nullptr : &found->second;
}

std::string status_of(const Resource& resource) {
  const auto* pointer = status_pointer(resource.type);
  if (!pointer) return "";
  const std::string state = resource.doc.value(*pointer, "");
  if (resource.type != "Disk" || state != "in-use") return state;
  const std::string attachment = resource.doc.value("attachmentState", "attached");
  return attachment == "attached" ? state : attachment;
}

}  // namespace papersail
