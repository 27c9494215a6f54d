#include "server/foreign/ec2_filters.hpp"

#include <algorithm>

#include "state/error.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

ApiError invalid_value(const std::string& message) {
  return {"InvalidParameterValue", "InvalidParameterValue", message};
}

}  // namespace

Ec2Filters::Ec2Filters(const ForeignCall& call, const Ec2Row& example) : call_(call) {
  for (int i = 1;; ++i) {
    const std::string filter = "Filter." + std::to_string(i);
    const std::string name = call.parameter(filter + ".Name");
    if (name.empty()) return;
    if (!example.contains(name)) throw invalid_value("The filter '" + name + "' is invalid");
    filters_.emplace_back(name, values(filter + ".Value"));
  }
}

void Ec2Filters::add_list(const std::string& list, const std::string& filter,
                          const std::vector<Ec2Row>& rows) {
  Globs names = values(list);
  for (const std::string& name : names) {
    const bool exists = std::any_of(rows.begin(), rows.end(),
                                    [&](const Ec2Row& row) { return row.at(filter) == name; });
    if (!exists) throw invalid_value("Invalid " + filter + ": [" + name + "]");
  }
  if (!names.empty()) filters_.emplace_back(filter, std::move(names));
}

bool Ec2Filters::match(const Ec2Row& row) const {
  return std::all_of(filters_.begin(), filters_.end(), [&](const auto& filter) {
    return std::any_of(filter.second.begin(), filter.second.end(), [&](const std::string& glob) {
      return matches_glob(glob, row.at(filter.first));
    });
  });
}

Ec2Filters::Globs Ec2Filters::values(const std::string& list) const {
  Globs out;
  for (int i = 1; call_.parameters.contains(list + '.' + std::to_string(i)); ++i)
    out.insert(call_.parameter(list + '.' + std::to_string(i)));
  return out;
}

}  // namespace papersail
