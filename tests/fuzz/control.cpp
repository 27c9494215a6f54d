// Fuzzes the control API. Input: method and path on the first line, then the body.
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace papersail;
  static Fuzzed papersail;
  const std::string_view text = text_of(bytes, size);
  const std::size_t line = std::min(text.find('\n'), size);
  const std::size_t word = std::min(text.find(' '), line);
  const auto response =
      control_response(papersail.control(), text.substr(0, word),
                       text.substr(std::min(word + 1, line), line - std::min(word + 1, line)),
                       text.substr(std::min(line + 1, size)));
  if (response) require_sane(*response);
  return 0;
}
