// UpdateInstanceMetadataOptions.
#include "handlers/actions.hpp"
#include "handlers/instances/instances.hpp"

namespace papersail {
namespace {

constexpr int least_hops = 1, most_hops = 64;  // EC2's range; the model has none

void require_hops(int limit) {
  if (limit >= least_hops && limit <= most_hops) return;
  throw invalid_input("The httpPutResponseHopLimit " + std::to_string(limit) +
                      " is not valid. It must be between 1 and 64.");
}

// Documented: omitted members keep their value, and the options are pending until they are applied.
// The operation completes without waiting for that.
json update_instance_metadata_options(Call& call) {
  Resource instance = instance_of(call);
  json& options = instance.doc["metadataOptions"];
  for (const char* member :
       {"httpTokens", "httpEndpoint", "httpPutResponseHopLimit", "httpProtocolIpv6"}) {
    if (call.in.contains(member)) options[member] = call.in[member];
  }
  require_hops(options.at("httpPutResponseHopLimit"));
  options["state"] = "pending";
  call.put(instance);
  call.store.schedule().add_change(instance,
                                   call.now() + call.store.lifecycle().delay("metadata-options"),
                                   {{"metadataOptions", {{"state", "applied"}}}}, json::object());
  return operation(call.succeeded(instance));
}

constexpr Action actions[] = {{"UpdateInstanceMetadataOptions", update_instance_metadata_options}};

}  // namespace

const std::span<const Action> instance_metadata_actions = actions;

}  // namespace papersail
