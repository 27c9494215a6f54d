// Coverage as a JUnit report.
#include "server/observers/coverage.hpp"

namespace papersail {
namespace {

// Escapes XML. Names from a lifecycle file may contain any character.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return out;
}

std::string test_case(std::string_view suite, const std::string& name, bool met) {
  std::string out = "    <testcase classname=\"papersail." + std::string(suite) + "\" name=\"" +
                    escaped(name) + '"';
  return out + (met ? "/>\n" : "><skipped message=\"not exercised\"/></testcase>\n");
}

std::string test_suite(const std::string& name, const json& tally, const std::string& cases) {
  const auto all = tally.at("all").get<std::size_t>();
  const auto skipped = all - tally.at("exercised").get<std::size_t>();
  return "  <testsuite name=\"" + name + "\" tests=\"" + std::to_string(all) +
         "\" failures=\"0\" errors=\"0\" skipped=\"" + std::to_string(skipped) + "\">\n" + cases +
         "  </testsuite>\n";
}

}  // namespace

std::string junit(const json& report) {
  std::string actions, errors, states;
  for (const auto& [name, action] : report.at("actions").items()) {
    actions += test_case("actions", name, action.at("succeeded") > 0);
    for (const auto& [type, count] : action.at("errors").items()) {
      errors += test_case("errors", name + ": " + type, count > 0);
    }
  }
  for (const auto& [type, of_type] : report.at("states").items()) {
    for (const auto& [state, count] : of_type.items()) {
      states += test_case("states", type + ": " + state, count > 0);
    }
  }
  const json& summary = report.at("summary");
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"papersail coverage\">\n" +
         test_suite("actions", summary.at("actions"), actions) +
         test_suite("errors", summary.at("errors"), errors) +
         test_suite("states", summary.at("states"), states) + "</testsuites>\n";
}

}  // namespace papersail
