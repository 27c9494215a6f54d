// Answers without an end.
#pragma once

#include <functional>
#include <string>

namespace papersail {

// Made by who has something to tell, carried to the client by HTTP. Both on one thread.
struct Stream {
  // What there is to send now, bounded in size; "" if there is nothing.
  std::function<std::string()> next;
  // Called when `next` has something again; set by who sends, empty while nobody waits.
  std::function<void()> wake;
};

}  // namespace papersail
