// Fuzzes JSON parsing, validation and handlers. Input: the name of an action, then its input on the
// next line.
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace papersail;
  static Fuzzed papersail;
  const std::string_view text = text_of(bytes, size);
  const std::size_t end = std::min(text.find('\n'), size);
  require_sane(papersail.call(text.substr(0, end), text.substr(std::min(end + 1, size))));
  return 0;
}
