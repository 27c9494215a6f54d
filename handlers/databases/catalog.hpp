// The catalogues of managed databases: blueprints, bundles and the rules of the engines.
#pragma once

#include <string>

#include "text/json.hpp"

namespace papersail {

// Returns the entry of a blueprint for new databases. Throws not_found for an unknown or retired
// one.
const json& database_blueprint(const std::string& id);

// True if a database of blueprint `from` can be upgraded to `to` in one step.
bool can_upgrade(const std::string& from, const std::string& to);

// Returns the entry of a bundle, active or not. Throws not_found.
const json& database_bundle(const std::string& id);

// The same for a new database: an inactive bundle is not found.
const json& active_database_bundle(const std::string& id);

// True if databases of this bundle have a standby in a second zone.
bool is_highly_available(const json& bundle);

// Returns the rules of an engine, "mysql" or "postgres" (fixtures/db-engines.json).
const json& database_engine(const std::string& name);

// Returns the certificate authorities that a database's certificate can come from. The first is the
// default.
const json& ca_certificate_identifiers();

}  // namespace papersail
