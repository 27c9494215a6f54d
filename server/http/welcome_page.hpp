// The page at "/", for people who open the endpoint in a browser.
#pragma once

#include "server/api/request.hpp"

namespace papersail {

// Returns a response with an HTML page that says what the server is and how to use it.
Response welcome_page();

}  // namespace papersail
