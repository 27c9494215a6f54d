#include "state/resource.hpp"

#include <algorithm>
#include <string_view>

#include "text/hash.hpp"

namespace papersail {
namespace {

struct StatePlace {
  std::string_view type;
  Key member;
  std::string_view inner;  // member of `member`; empty: `member` itself is the state
};

constexpr StatePlace state_places[] = {
    {"Alarm", "state", ""},
    {"Bucket", "state", "code"},
    {"Certificate", "status", ""},
    {"CloudFormationStackRecord", "state", ""},
    {"ContactMethod", "status", ""},
    {"ContainerService", "state", ""},
    {"Disk", "state", ""},
    {"DiskSnapshot", "state", ""},
    {"Distribution", "status", ""},
    {"ExportSnapshotRecord", "state", ""},
    {"Instance", "state", "name"},
    {"InstanceSnapshot", "state", ""},
    {"LoadBalancer", "state", ""},
    {"LoadBalancerTlsCertificate", "status", ""},
    {"RelationalDatabase", "state", ""},
    {"RelationalDatabaseSnapshot", "state", ""},
};

const StatePlace* state_place(std::string_view type) {
  const auto found = std::lower_bound(
      std::begin(state_places), std::end(state_places), type,
      [](const StatePlace& place, std::string_view wanted) { return place.type < wanted; });
  return found != std::end(state_places) && found->type == type ? found : nullptr;
}

std::string state_in(const Document& document, const StatePlace& place) {
  if (place.inner.empty()) return document.value(place.member, "");
  const json* outer = document.find(place.member);
  return outer ? outer->value(place.inner, "") : "";
}

}  // namespace

std::optional<json::json_pointer> status_pointer(std::string_view type) {
  const StatePlace* place = state_place(type);
  if (!place) return std::nullopt;
  json::json_pointer out;
  out /= std::string(place->member.text());
  if (!place->inner.empty()) out /= std::string(place->inner);
  return out;
}

std::string status_of(const Resource& resource) {
  const StatePlace* place = state_place(resource.type);
  if (!place) return "";
  std::string state = state_in(resource.doc, *place);
  if (resource.type != "Disk" || state != "in-use") return state;
  std::string attachment = resource.doc.value("attachmentState", "attached");
  return attachment == "attached" ? state : attachment;
}

// An ARN ends with a UUID, and contains the account before it.
std::uint64_t seed_of(const Resource& resource, std::string_view label) {
  const std::string& arn = resource.doc.at("arn").get_ref<const std::string&>();
  return hash_of(arn.substr(arn.rfind('/') + 1).append(label));
}

}  // namespace papersail
