// The parameter lists are papersail's own data. These tests check them against their own rules.
#include "handlers/databases/parameter_list.hpp"

#include <doctest/doctest.h>

#include <set>
#include <utility>

#include "state/error.hpp"

namespace papersail {
namespace {

struct Version {
  const char* engine;
  const char* number;
};

constexpr Version versions[] = {
    {"mysql", "5.7.44"},   {"mysql", "8.0.43"},   {"mysql", "8.4.6"},    {"postgres", "12.22"},
    {"postgres", "13.22"}, {"postgres", "14.19"}, {"postgres", "15.14"}, {"postgres", "16.10"},
    {"postgres", "17.11"}, {"postgres", "18.6"},
};

const json& parameter(const Version& version, const std::string& name) {
  for (const json& one : parameter_list(version.engine, version.number)) {
    if (one["parameterName"] == name) return one;
  }
  FAIL("no parameter ", name);
  throw std::logic_error(name);
}

bool takes(const json& parameter, const std::string& value) {
  try {
    require_allowed(parameter, value);
    return true;
  } catch (const ApiError&) {
    return false;
  }
}

}  // namespace

TEST_CASE("parameter_list: has hundreds of unique names for each version") {
  for (const Version& version : versions) {
    CAPTURE(version.number);
    std::set<std::string> names;
    for (const json& one : parameter_list(version.engine, version.number)) {
      CHECK(names.insert(one["parameterName"]).second);
    }
    CHECK(names.size() > 350);
  }
}

TEST_CASE("parameter_list: has all members of the API with valid values in every row") {
  const std::set<std::string> types = {"boolean", "float", "integer", "list", "string"};
  for (const Version& version : versions) {
    for (const json& one : parameter_list(version.engine, version.number)) {
      CAPTURE(one.dump());
      CHECK(types.contains(one["dataType"]));
      CHECK((one["applyType"] == "static" || one["applyType"] == "dynamic"));
      CHECK(one["applyMethod"] == "pending-reboot");
      CHECK(one["isModifiable"].is_boolean());
      CHECK(one["description"].get<std::string>().size() > 3);
      if (one["dataType"] == "boolean") CHECK(one["allowedValues"] == "0,1");
    }
  }
}

TEST_CASE("parameter_list: has only values that the parameter allows") {
  for (const Version& version : versions) {
    for (const json& one : parameter_list(version.engine, version.number)) {
      CAPTURE(one.dump());
      if (one.contains("parameterValue")) CHECK(takes(one, one["parameterValue"]));
    }
  }
}

TEST_CASE("require_allowed: checks each word of a long list once") {
  std::string words = "ddl";
  for (int i = 0; i < 200'000; ++i) words += ",ddl,read";
  CHECK(takes(parameter(versions[5], "pgaudit.log"), words));
  CHECK_FALSE(takes(parameter(versions[5], "pgaudit.log"), words + ",dll"));
}

TEST_CASE("require_allowed: checks ranges, words, lists and formulas") {
  const Version mysql{"mysql", "8.0.43"}, postgres{"postgres", "16.10"};
  const json& duration = parameter(postgres, "log_min_duration_statement");  // -1-2147483647
  CHECK(takes(duration, "-1"));
  CHECK(takes(duration, "2147483647"));
  CHECK(!takes(duration, "-2"));
  CHECK(!takes(duration, "2147483648"));
  CHECK(!takes(duration, "1e3"));
  CHECK(!takes(duration, "1 "));
  CHECK(takes(duration, "{DBInstanceClassMemory/12582880}"));
  CHECK(takes(duration, "GREATEST({log(DBInstanceClassMemory/21474836480)*600},200)"));
  CHECK(!takes(duration, "GREATEST(1,2)"));  // has no value of the instance class
  CHECK(!takes(duration, "{Memory/2}"));
  CHECK(!takes(duration, std::string(300, '{')));
  const json& isolation = parameter(postgres, "default_transaction_isolation");
  CHECK(takes(isolation, "read committed"));
  CHECK(!takes(isolation, "READ COMMITTED"));
  const json& libraries = parameter(postgres, "shared_preload_libraries");
  CHECK(takes(libraries, "pg_stat_statements,pg_cron"));
  CHECK(!takes(libraries, "pg_stat_statements,"));
  const json& dirty = parameter(mysql, "innodb_max_dirty_pages_pct");  // 0-99.99
  CHECK(takes(dirty, "99.99"));
  CHECK(!takes(dirty, "100"));
  CHECK(!takes(dirty, "9."));
}

}  // namespace papersail
