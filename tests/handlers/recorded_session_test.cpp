// A recorded session: calls with their responses, which must stay the same byte for byte.
#include <cstdlib>
#include <fstream>

#include "tests/support/random_inputs.hpp"
#include "tests/support/stages.hpp"
#include "text/hash.hpp"

namespace papersail {
namespace {

const std::string recording = std::string(PAPERSAIL_SOURCE) + "/tests/tables/session.jsonl";
constexpr const char* regions[] = {"us-east-1", "eu-west-1"};
constexpr int accounts = 4, calls_in_each = 750;

// A call, the account that makes it, and the time that passes before it.
struct Line {
  int account;
  std::string region;
  Millis after;
  std::string action;
  json input;
};

// Makes the call; returns what the recording says of its response.
std::string response_to(const Line& line, Emulator& emulator) {
  use_new_account(emulator, line.account, line.region);
  emulator.advance(line.after);
  const Response response = emulator.response(line.action, line.input.dump());
  const std::string length = std::to_string(response.body.size());
  return std::to_string(response.status) + " " + length + " " +
         std::to_string(hash_of(response.body));
}

json to_json(const Line& line, const std::string& response) {
  return {line.account, line.region, line.after, line.action, line.input, response};
}

Line line_of(const json& row) {
  return {row[0], row[1], row[2], row[3], row[4]};
}

// Most calls come at once, some after up to two days.
Millis pause(RandomCalls& calls) {
  const std::size_t kind = calls.below(100);
  const Millis most = kind < 60 ? 1 : kind < 85 ? seconds(10) : kind < 97 ? minutes(10) : days(2);
  return static_cast<Millis>(calls.below(static_cast<std::size_t>(most)));
}

void record(std::ofstream& out, Emulator& emulator, int account) {
  RandomCalls calls(static_cast<std::uint64_t>(account) + 100);
  for (int i = 0; i < calls_in_each; ++i) {
    const std::string region = regions[calls.happens_in(88) ? 0 : 1];
    use_new_account(emulator, account, region);
    const std::vector<std::string> names = emulator.call("GetActiveNames").at("activeNames");
    const Millis after = pause(calls);
    const RandomCall call = calls.next(emulator.now() + after, names);
    const Line line{account, region, after, call.action, call.input};
    out << to_json(line, response_to(line, emulator)).dump() << '\n';
  }
}

}  // namespace

// PAPERSAIL_UPDATE=1 records the session anew.
TEST_CASE("Recorded session: every response is the same, byte for byte") {
  Emulator emulator;
  if (std::getenv("PAPERSAIL_UPDATE")) {
    std::ofstream out(recording);
    for (int account = 1; account <= accounts; ++account) record(out, emulator, account);
    return;
  }
  std::ifstream file(recording);
  int count = 0, differences = 0;
  for (std::string text; std::getline(file, text); ++count) {
    const json row = json::parse(text);
    const std::string response = response_to(line_of(row), emulator);
    if (row[5] == response) continue;
    CAPTURE(text);
    CHECK(response == row[5].get<std::string>());
    if (++differences == 5) break;  // the others follow from the first ones
  }
  CHECK(count == accounts * calls_in_each);
}

}  // namespace papersail
