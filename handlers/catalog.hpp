// The service's catalogues: regions, blueprints, bundles. Entries are as the API shows them; keys
// that begin with "_" are ours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "handlers/call.hpp"
#include "text/json.hpp"

namespace papersail {

// Whether Lightsail is offered there.
bool is_region(std::string_view name);

// The region's entry. Throws std::out_of_range for a name that is no region.
const json& region_entry(const std::string& name);

// Throws invalid_input unless the zone is one of the region's.
void require_zone(const std::string& region, const std::string& zone);

// An entry of the blueprint catalogue, active or not. Throws not_found.
const json& blueprint(const std::string& id);

// The bundles that are offered for new machines, with the region's own ids.
std::vector<json> active_bundles(const std::string& region);

// The firewall rules that machines of this blueprint begin with: [{fromPort, toPort, protocol}].
const json& default_ports(const json& blueprint);

// The bundle as this region offers it: its own id and transfer. Inactive ones are found too, as
// the service still accepts them. Throws not_found.
json bundle(const std::string& region, const std::string& id);

// The answer with a catalogue that fits one page: {member: entries}. Every page token is a bad one
// and throws invalid_input.
json single_page(Call& call, const char* member, std::vector<json> entries);

}  // namespace papersail
