// Fuzzes authentication in all modes. Input: the value of an Authorization header, then a line for
// each other header.
#include "tests/fuzz/fuzz.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

// Checks that the request is refused with an error for clients, or has a valid account and region.
void check(const Auth& auth, const Request& request) {
  try {
    const Scope scope = auth.scope_of(request);
    require(is_account_id(scope.account), "no account: " + scope.account);
    require(!scope.region.empty(), "no region");
  } catch (const ApiError& error) {
    require(error.type != "ServiceException", error.what());
  }
}

}  // namespace
}  // namespace papersail

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
  using namespace papersail;
  static const Auth lenient, off(Auth::Mode::off, {}),
      strict(Auth::Mode::strict, {{"AKID", {"secret", "111111111111", "token", days(20'000)}}},
             Clock::parse("2026-01-01T00:00:00Z"));
  std::string_view text = text_of(bytes, size);
  Request request;
  request.authorization = split_off(text, '\n');
  std::vector<sigv4::Header> headers = {{"authorization", request.authorization}};
  while (!text.empty() && headers.size() < 64) {
    std::string_view value = split_off(text, '\n');
    const std::string_view name = split_off(value, ':');
    headers.emplace_back(name, value);
    if (name == "host") request.host = value;
    if (name == "uri") request.uri = value;
  }
  request.headers = headers;
  for (const Auth* auth : {&lenient, &off, &strict}) check(*auth, request);
  return 0;
}
