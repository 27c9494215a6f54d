#include "handlers/instances/bundle.hpp"

#include <algorithm>

#include "handlers/catalog.hpp"

namespace papersail {
namespace {

// The id "nano_win_3_0" has the size "nano_win" and the generation 3.
struct BundleId {
  std::string size;
  int generation;
};

BundleId parts_of(const std::string& id) {
  const std::size_t minor = id.rfind('_');
  const std::size_t major = id.rfind('_', minor - 1);
  return {id.substr(0, major), std::stoi(id.substr(major + 1, minor - major - 1))};
}

std::string newest_of_size(const Call& call, const std::string& id) {
  const BundleId old = parts_of(id);
  std::string newest = id;
  for (const json& candidate : active_bundles(call.region)) {
    const std::string other = candidate.at("bundleId");
    const BundleId parts = parts_of(other);
    if (parts.size == old.size && parts.generation > parts_of(newest).generation) newest = other;
  }
  return newest;
}

// Documented: only the same size, and an older generation only if it is the previous bundle.
void require_update(const Resource& instance, const std::string& from, const std::string& to) {
  const BundleId old = parts_of(from);
  const BundleId wanted = parts_of(to);
  const bool newer = wanted.size == old.size && wanted.generation > old.generation;
  if (!newer && instance.internal.value("earlierBundleId", "") != to) {
    throw invalid_input("The instance " + instance.name + " cannot be updated from the bundle " +
                        from + " to " + to + ".");
  }
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
  const BundleId one = parts_of(id), two = parts_of(other);
  return one.generation == two.generation &&
         (only_ipv6 ? one.size == two.size + "_ipv6" : one.size + "_ipv6" == two.size);
}

}  // namespace

void update_bundle(const Call& call, Resource& instance) {
  const json updates = call.in.value("attributeUpdates", json::object());
  if (!updates.contains("bundleId")) return;
  const std::string from = instance.doc.at("bundleId");
  std::string to = updates.at("bundleId");
  if (to == "auto") to = newest_of_size(call, from);
  if (to == from) return;
  const json& bundle = papersail::bundle(call.region, to);
  require_update(instance, from, to);
  instance.internal["earlierBundleId"] = from;
  move_to(instance, bundle);
}

// Clears the previous bundle, which has the other address type.
void switch_bundle(const Call& call, Resource& instance, bool only_ipv6) {
  const std::string from = instance.doc.at("bundleId");
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
