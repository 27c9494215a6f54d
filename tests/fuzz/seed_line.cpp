// Fuzzes the parser of seed files. Input: a line.
#include "server/seeds.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace papersail;
  try {
    const auto call = seed_call(text_of(bytes, size));
    if (!call) return 0;
    require(is_account_id(call->scope.account), "no account");
    const json line = {{"account", call->scope.account},
                       {"region", call->scope.region},
                       {"action", call->action},
                       {"input", json::parse(call->input)}};
    const auto again = seed_call(line.dump());
    require(again && again->action == call->action && again->input == call->input, "another call");
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
