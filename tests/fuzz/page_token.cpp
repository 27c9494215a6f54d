// Fuzzes the page tokens that clients send.
#include "state/page.hpp"

#include "state/error.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace papersail {
namespace {

const std::string list = list_in("us-east-1", "Instance");

void check_id(std::string_view token) {
  try {
    require(token.empty() ||
                last_id_of(list, page_token(list, std::to_string(last_id_of(list, token)))) ==
                    last_id_of(list, token),
            "another id");
  } catch (const ApiError& error) {
    require(error.type == "InvalidInputException", error.what());
  }
}

// Checks that an accepted token is the one that page_token returns for its key.
void check_key(std::string_view token) {
  try {
    require(page_token(list, last_key_of(list, token)) == token, "another token");
  } catch (const ApiError& error) {
    require(error.type == "InvalidInputException", error.what());
  }
}

}  // namespace
}  // namespace papersail

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace papersail;
  const std::string_view text = text_of(bytes, size);
  check_id(text);
  check_key(text);
  require(last_key_of(list, page_token(list, text)) == text, "another key");
  return 0;
}
