#include "handlers/instances/bundle.hpp"

#include <charconv>
#include <optional>

#include "handlers/catalog.hpp"

namespace papersail {
namespace {

// The id "nano_win_3_0" has the size "nano_win" and the generation 3.
struct BundleId {
  std::string size;
  int generation;
};

// Returns nullopt for an id of another form, which only the control API can set.
std::optional<BundleId> parts_of(const std::string& id) {
  const std::size_t minor = id.find_last_of('_');
  const std::size_t major = id.substr(0, minor).find_last_of('_');
  if (major == id.npos) return std::nullopt;
  BundleId out{id.substr(0, major), 0};
  const char* const end = id.data() + minor;
  const auto read = std::from_chars(id.data() + major + 1, end, out.generation);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return out;
}

bool is_newer(const std::string& id, const std::string& other) {
  const auto one = parts_of(id), two = parts_of(other);
  return one && two && one->size == two->size && one->generation > two->generation;
}

// Returns `id` if its size has no newer generation.
std::string newest_of_size(const Call& call, const std::string& id) {
  std::string newest = id;
  for (const json& candidate : active_bundles(call.region)) {
    const std::string other = candidate.at("bundleId");
    if (is_newer(other, newest)) newest = other;
  }
  return newest;
}

ApiError cannot_update(const Resource& instance, const std::string& from, const std::string& to) {
  return invalid_input("The instance " + instance.name + " cannot be updated from the bundle " +
                       from + " to " + to + ".");
}

// Documented: only the same size, and an older generation only if it is the previous bundle. That
// one may be inactive.
void require_update(const Resource& instance, const std::string& from, const json& bundle) {
  const std::string to = bundle.at("bundleId");
  if (instance.internal.value("earlierBundleId", "") == to) return;
  if (!bundle.at("isActive") || !is_newer(to, from)) throw cannot_update(instance, from, to);
}

void move_to(Resource& instance, const json& bundle) {
  instance.doc["bundleId"] = bundle.at("bundleId");
  instance.doc["hardware"]["cpuCount"] = bundle.at("cpuCount");
  instance.doc["hardware"]["ramSizeInGb"] = bundle.at("ramSizeInGb");
  instance.doc["networking"]["monthlyTransfer"]["gbPerMonthAllocated"] =
      bundle.at("transferPerMonthInGb");
}

// True if `id` has the size and generation of `other`, but "nano_win_ipv6" instead of "nano_win",
// or vice versa.
bool is_twin(const std::string& id, const std::string& other, bool only_ipv6) {
  const auto one = parts_of(id), two = parts_of(other);
  return one && two && one->generation == two->generation &&
         (only_ipv6 ? one->size == two->size + "_ipv6" : one->size + "_ipv6" == two->size);
}

}  // namespace

void update_bundle(const Call& call, Resource& instance) {
  const json updates = call.in.value("attributeUpdates", json::object());
  if (!updates.contains("bundleId")) return;
  const std::string from = instance.doc.value("bundleId", "");
  std::string to = updates.at("bundleId");
  if (!parts_of(from)) throw cannot_update(instance, from, to);
  if (to == "auto") to = newest_of_size(call, from);
  if (to == from) return;
  const json& bundle = papersail::bundle(call.region, to);
  require_update(instance, from, bundle);
  instance.internal["earlierBundleId"] = from;
  move_to(instance, bundle);
}

// Clears the previous bundle, which has the other address type.
void switch_bundle(const Call& call, Resource& instance, bool only_ipv6) {
  const std::string from = instance.doc.value("bundleId", "");
  const json* twin = nullptr;
  const std::vector<json> candidates = active_bundles(call.region);
  for (const json& candidate : candidates) {
    if (is_twin(candidate.at("bundleId"), from, only_ipv6)) twin = &candidate;
  }
  if (!twin) {
    throw invalid_input("There is no bundle " +
                        std::string(only_ipv6 ? "for IPv6-only instances" : "with IPv4") +
                        " that corresponds to " + from + ".");
  }
  move_to(instance, *twin);
  instance.internal.erase("earlierBundleId");
}

}  // namespace papersail
