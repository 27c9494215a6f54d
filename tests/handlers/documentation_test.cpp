#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/support/emulator.hpp"

namespace papersail {
namespace {

const std::string source = PAPERSAIL_SOURCE;
const std::string list = source + "/docs/actions.md";
const std::string begin = "<!-- actions: written by tests/handlers/documentation_test.cpp -->\n";
const std::string end = "<!-- /actions -->";

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Returns one row for each verb: "| Get | Instance, Instances |".
std::string table(Dispatch& dispatch) {
  std::map<std::string, std::string> rows;
  int working = 0;
  const auto actions = dispatch.model().actions();
  for (const auto& action : actions) {
    if (!dispatch.implements(action)) continue;
    const std::size_t verb = action.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1);
    std::string& row = rows[action.substr(0, verb)];
    row += (row.empty() ? "" : ", ") + action.substr(verb);
    ++working;
  }
  std::string out = std::to_string(working) + " of " + std::to_string(actions.size()) +
                    " actions work:\n\n| | |\n|---|---|\n";
  for (const auto& [verb, nouns] : rows) out += "| **" + verb + "** | " + nouns + " |\n";
  return out;
}

}  // namespace

// With PAPERSAIL_UPDATE=1, writes the table instead of comparing it.
TEST_CASE("docs/actions.md: lists the implemented actions") {
  Accounts accounts({});
  Dispatch dispatch(accounts, false);
  std::string text = text_of(list);
  const std::size_t from = text.find(begin) + begin.size();
  const std::size_t size = text.find(end) - from;
  const std::string wanted = table(dispatch);
  if (std::getenv("PAPERSAIL_UPDATE")) {
    std::ofstream(list) << text.replace(from, size, wanted);
  } else {
    CHECK(text.substr(from, size) == wanted);
  }
}

TEST_CASE("Documentation: states the numbers of implemented and missing actions") {
  Accounts accounts({});
  Dispatch dispatch(accounts, false);
  const auto all = dispatch.model().actions();
  const auto working = static_cast<std::size_t>(std::count_if(
      all.begin(), all.end(), [&](const auto& name) { return dispatch.implements(name); }));
  const std::string share = std::to_string(working) + " of " + std::to_string(all.size());
  const std::string missing = std::to_string(all.size() - working);
  CHECK(text_of(source + "/README.md").find(share + " actions") != std::string::npos);
  CHECK(text_of(source + "/docs/alternatives.md").find(share + " actions") != std::string::npos);
  CHECK(text_of(list).find("these " + missing + " actions") != std::string::npos);
  CHECK(text_of(source + "/docs/differences.md").find("- " + missing + " of the ") !=
        std::string::npos);
}

TEST_CASE("docs/control.md: shows a valid lifecycle") {
  const std::string text = text_of(PAPERSAIL_SOURCE "/docs/control.md");
  const std::size_t from = text.find("{\"base\": \"realistic\"");
  const Lifecycle shown = Lifecycle::parse(text.substr(from, text.find("```", from) - from));
  CHECK(shown.final_outcome("Instance", "web", "pending").after == seconds(60));
  CHECK(shown.final_outcome("Instance", "web-fail", "pending").after == seconds(5));
  CHECK(shown.final_outcome("Instance", "web-fail", "pending").error_code ==
        "InsufficientCapacity");
  CHECK(shown.final_outcome("Instance", "web", "stopping").after == seconds(3));
}

}  // namespace papersail
