// The master user's password of a managed database and its versions.
#pragma once

#include <string>

#include "handlers/call.hpp"

namespace papersail {

// A strong one, as the service makes them.
std::string new_password(Ids& ids);

// Throws invalid_input for one that databases of the engine refuse. The message keeps it secret.
void require_password(const std::string& engine, const std::string& password);

// Gives a new database its first password.
void set_first_password(Resource& database, const std::string& password, Millis now);

// Changes the password of a stored database: PENDING now, CURRENT within seconds. The caller puts
// the resource.
void change_password(Call& call, Resource& database, const std::string& password);

// The password that the database had at `moment`, as far back as it is known.
std::string password_at(const Resource& database, Millis moment);

}  // namespace papersail
