// The selection of elements in EC2's lists: filters, and lists of names.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/foreign/call.hpp"

namespace papersail {

// An element of a list: the values that filters compare, by the names of the filters.
using Ec2Row = std::map<std::string, std::string, std::less<>>;

class Ec2Filters {
 public:
  // Reads "Filter.1.Name", "Filter.1.Value.1" and so on. Throws InvalidParameterValue for a filter
  // that `example` does not have.
  Ec2Filters(const ForeignCall& call, const Ec2Row& example);

  // Reads the list "RegionName.1" and so on, which selects rows by the value of `filter`. Throws
  // InvalidParameterValue if no row has it.
  void add_list(const std::string& list, const std::string& filter,
                const std::vector<Ec2Row>& rows);

  bool match(const Ec2Row& row) const;

 private:
  using Globs = std::set<std::string>;
  Globs values(const std::string& list) const;

  const ForeignCall& call_;
  std::vector<std::pair<std::string, Globs>> filters_;  // all of them must match
};

}  // namespace papersail
