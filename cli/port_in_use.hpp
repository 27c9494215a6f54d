// Explains why a server cannot listen.
#pragma once

#include <string>

namespace papersail {

// Returns a text to add to a message of the listener, "cannot listen on 127.0.0.1 port 4566: ...":
// which program uses the port, and what to do. Returns "" for any other message.
std::string cure_of_listening(const std::string& message);

}  // namespace papersail
