#include "cli/port_in_use.hpp"

#include <cstdlib>

#include "cli/doctor.hpp"

namespace papersail {

std::string cure_of_listening(const std::string& message) {
  constexpr std::string_view port_word = " port ";
  const std::size_t at = message.find(port_word);
  if (!message.starts_with("cannot listen on ") || at == std::string::npos) return "";
  if (message.ends_with("Address already in use")) {
    const auto holder = holder_of(std::atoi(message.c_str() + at + port_word.size()));
    return (holder ? ", by " + holder->program : "") +
           "; stop it, or choose another port: --port 0 picks a free one";
  }
  if (message.ends_with("Cannot assign requested address")) {
    return "; --host must be an address of this machine, or 0.0.0.0 for all";
  }
  if (message.ends_with("Permission denied")) return "; choose a port above 1023";
  return "";
}

}  // namespace papersail
