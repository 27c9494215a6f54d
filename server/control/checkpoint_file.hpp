// Checkpoints as files that clients upload.
#pragma once

#include <string>
#include <string_view>

#include "server/control/control.hpp"

namespace papersail {

// True if the bytes begin like a SQLite file.
bool is_sqlite_file(std::string_view bytes);

// Returns the bytes of the uploaded file: the body of the request, or its member "sqlite" in
// base64. Returns "" if the request has no body. Throws ControlError 400 for another body.
std::string uploaded_file(const ControlRequest& request);

}  // namespace papersail
