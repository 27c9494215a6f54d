#include "handlers/databases/parameter_list.hpp"

#include <algorithm>
#include <boost/regex.hpp>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "fixtures/fixtures.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

// Returns 8.0 for "8.0.43" of MySQL and 16 for "16.10" of PostgreSQL.
double series_of(const std::string& engine, const std::string& version) {
  const double number = std::atof(version.c_str());
  return engine == "mysql" ? number : std::floor(number);
}

// A row: name, type, allowed values, apply type, modifiable or not, value, description; then the
// first and the last series that have it, unless all do.
bool has(const json& row, double series) {
  const json since = row.size() > 7 ? row.at(7) : json();
  const json until = row.size() > 8 ? row.at(8) : json();
  return (since.is_null() || since <= series) && (until.is_null() || until >= series);
}

// Long lists that several parameters share are stored separately, under a name that begins with @.
json allowed_values(const json& file, const json& row) {
  const json& allowed = row.at(2);
  const bool shared = allowed.is_string() && allowed.get<std::string>().starts_with('@');
  return shared ? file.at("allowedValues").at(allowed.get<std::string>()) : allowed;
}

// Recorded: unchanged parameters have the method pending-reboot, and no value unless they have a
// default.
json to_json(const json& file, const json& row) {
  json out = {{"parameterName", row.at(0)}, {"dataType", row.at(1)},
              {"applyType", row.at(3)},     {"isModifiable", row.at(4)},
              {"description", row.at(6)},   {"applyMethod", "pending-reboot"}};
  const json allowed = allowed_values(file, row);
  if (!allowed.is_null()) out["allowedValues"] = allowed;
  if (!row.at(5).is_null()) out["parameterValue"] = row.at(5);
  return out;
}

std::vector<json> made_list(const std::string& engine, double series) {
  const json file = parse_json(*fixture("db-parameters-" + engine + ".json"));
  std::vector<json> out;
  for (const json& row : file.at("parameters")) {
    if (has(row, series)) out.push_back(to_json(file, row));
  }
  std::sort(out.begin(), out.end(), [](const json& a, const json& b) {
    return a.at("parameterName") < b.at("parameterName");
  });
  return out;
}

const boost::regex& number_pattern(const std::string& type) {
  static const boost::regex integer(R"(-?\d{1,20})"), real(R"(-?\d{1,20}(\.\d{1,20})?)");
  return type == "integer" ? integer : real;
}

// RDS computes such values from the instance class: {DBInstanceClassMemory/12582880}.
bool is_formula(const std::string& value) {
  static const boost::regex pattern(
      R"((?=.*\{)(?:GREATEST\(|LEAST\(|SUM\(|IF\(|log\(|DBInstanceClassMemory|DBInstanceVCPU|)"
      R"(AllocatedStorage|EndPointPort|ServerId|TrueIfReplica|[{}(),*/+\-. 0-9])+)");
  constexpr std::size_t longest = 200;
  return value.size() <= longest && boost::regex_match(value, pattern);
}

// `one` is a word, or a range such as 0-100 or -1-2147483647.
bool matches(const std::string& one, const std::string& value) {
  static const boost::regex range(R"((-?[\d.]+)-(-?[\d.]+))");
  boost::smatch bounds;
  if (!boost::regex_match(one, bounds, range)) return one == value;
  if (!boost::regex_match(value, number_pattern("float"))) return false;
  const long double number = std::strtold(value.c_str(), nullptr);
  return number >= std::strtold(bounds[1].str().c_str(), nullptr) &&
         number <= std::strtold(bounds[2].str().c_str(), nullptr);
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    out.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return out;
}

bool is_allowed(const std::string& allowed, const std::string& value) {
  const std::vector<std::string> words = words_of(allowed);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& one) { return matches(one, value); });
}

bool fits(const json& parameter, const std::string& value) {
  const std::string type = parameter.at("dataType");
  const bool numeric = type == "integer" || type == "float";
  if (numeric && is_formula(value)) return true;
  if (numeric && !boost::regex_match(value, number_pattern(type))) return false;
  if (!parameter.contains("allowedValues")) return true;
  const std::string allowed = parameter.at("allowedValues");
  if (type != "list") return is_allowed(allowed, value);
  const std::vector<std::string> words = words_of(value);
  const std::set<std::string> values(words.begin(), words.end());  // each once
  return value.empty() || std::all_of(values.begin(), values.end(), [&](const std::string& one) {
           return is_allowed(allowed, one);
         });
}

}  // namespace

const std::vector<json>& parameter_list(const std::string& engine, const std::string& version) {
  thread_local std::map<std::pair<std::string, double>, std::vector<json>> lists;
  const double series = series_of(engine, version);
  auto& list = lists[{engine, series}];
  if (list.empty()) list = made_list(engine, series);
  return list;
}

void require_allowed(const json& parameter, const std::string& value) {
  if (fits(parameter, value)) return;
  // RDS's message.
  throw invalid_input(
      "Invalid parameter value: " + value +
      " for: " + parameter.at("parameterName").get<std::string>() + " allowed values are: " +
      parameter.value("allowedValues", parameter.at("dataType").get<std::string>()));
}

}  // namespace papersail
