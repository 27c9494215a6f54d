// The catalogues of managed databases: blueprints, bundles, and what their engines ask for.
#pragma once

#include <string>

#include "text/json.hpp"

namespace papersail {

// The entry of a blueprint that new databases may have. Throws not_found for an id that never was
// and invalid_input for a retired one.
const json& database_blueprint(const std::string& id);

// Whether a database of the one blueprint can be brought to the other in one step.
bool can_upgrade(const std::string& from, const std::string& to);

// The entry of a bundle. Inactive ones are found too, as the service still accepts them. Throws
// not_found.
const json& database_bundle(const std::string& id);

// Whether databases of this bundle have a standby in a second zone.
bool is_highly_available(const json& bundle);

// The rules of an engine, "mysql" or "postgres" (fixtures/db-engines.json).
const json& database_engine(const std::string& name);

// The certificate authorities that a database's certificate may come from; the first is the
// default.
const json& ca_certificate_identifiers();

}  // namespace papersail
