// Responses without a fixed end.
#pragma once

#include <functional>
#include <string>

namespace papersail {

// An event stream: the producer sets `next`, the HTTP server sends its text. Both run on one
// thread.
struct Stream {
  // Returns the text to send now, bounded in size; "" if there is none.
  std::function<std::string()> next;
  // Called when `next` has new text. Set by the HTTP server; empty while no connection is open.
  std::function<void()> wake;
};

}  // namespace papersail
