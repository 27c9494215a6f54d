// The password of a managed database's master user and its versions.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// Returns a strong password in the form of the service's generated ones.
std::string new_password(Ids& ids);

// Throws invalid_input if the engine refuses the password. The message does not contain it.
void require_password(const std::string& engine, const std::string& password);

// Sets the first password of a new database.
void set_first_password(Resource& database, const std::string& password, Millis now);

// Changes the password of a stored database: the new one is PENDING now and CURRENT within seconds.
// The caller stores the resource.
void change_password(Call& call, Resource& database, const std::string& password);

// Returns the password at `moment`. Only the current and the previous password are known.
std::string password_at(const Resource& database, Millis moment);

}  // namespace papersail
