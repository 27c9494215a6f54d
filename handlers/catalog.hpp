// The service's catalogues: regions, blueprints, bundles. Entries have the form of the API; keys
// that begin with "_" are papersail's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "handlers/call.hpp"
#include "state/error.hpp"
#include "text/json.hpp"

namespace papersail {

// True if Lightsail has a region of this name.
bool is_region(std::string_view name);

// Returns the region's entry. Throws std::out_of_range for an unknown region.
const json& region_entry(const std::string& name);

// Throws invalid_input unless the zone is one of the region's.
void require_zone(const std::string& region, const std::string& zone);

// Returns an entry of the blueprint catalogue, active or not. Throws not_found.
const json& blueprint(const std::string& id);

// The same for a new resource: an inactive blueprint is not found.
const json& active_blueprint(const std::string& id);

// Returns the bundles for new instances, with the region's own ids.
std::vector<json> active_bundles(const std::string& region);

// Returns the default firewall rules of the blueprint's instances: [{fromPort, toPort, protocol}].
const json& default_ports(const json& blueprint);

// Returns the bundle with the id and the transfer of this region, active or not. Throws not_found.
const json& bundle(const std::string& region, const std::string& id);

// The same for a new resource: an inactive bundle is not found.
const json& active_bundle(const std::string& region, const std::string& id);

// Return the errors for ids that a catalogue does not have, or only as inactive.
ApiError no_bundle(const std::string& id);
ApiError no_blueprint(const std::string& id);

// Returns the response with a catalogue that fits one page: {member: entries}. Throws invalid_input
// for any page token.
json single_page(Call& call, const char* member, std::vector<json> entries);

}  // namespace papersail
