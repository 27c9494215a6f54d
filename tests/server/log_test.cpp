#include "server/log.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <sstream>

namespace papersail {
namespace {

// Captures the log while the object lives.
class Captured {
 public:
  explicit Captured(const std::string& format, const std::string& level = "info")
      // sync_with_stdio replaces the buffer of std::cout, so it must come first.
      : before_((std::ios::sync_with_stdio(false), std::cout.rdbuf(text_.rdbuf()))) {
    open_log(log_level_of(level), log_format_of(format));
  }
  ~Captured() {
    flush_log();
    std::cout.rdbuf(before_);
    open_log(LogLevel::off, LogFormat::text);
  }
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;

  std::string text() const {
    flush_log();
    return text_.str();
  }

 private:
  std::ostringstream text_;
  std::streambuf* before_;
};

Response response_of(const std::string& action, int status, const std::string& error) {
  Response out;
  out.action = action;
  out.account = "000000000000";
  out.region = "us-east-1";
  out.status = status;
  out.error_type = error;
  return out;
}

constexpr std::chrono::microseconds took(1500);

}  // namespace

TEST_CASE("log_request: writes one line of text") {
  const Captured log("text");
  log_request(response_of("GetInstance", 200, ""), "id-1", took);
  log_request(response_of("GetDisk", 400, "NotFoundException"), "id-2", took);
  const std::string text = log.text();
  CHECK(text.find(" info GetInstance 000000000000 us-east-1 200 1.500ms id-1\n") !=
        std::string::npos);
  CHECK(text.find(" info GetDisk 000000000000 us-east-1 400 NotFoundException 1.500ms id-2\n") !=
        std::string::npos);
}

TEST_CASE("log_request: writes one line of JSON") {
  const Captured log("json");
  log_request(response_of("GetDisk", 400, "NotFoundException"), "id-2", took);
  const json line = json::parse(log.text());
  CHECK(line.at("level") == "info");
  CHECK(line.at("action") == "GetDisk");
  CHECK(line.at("account") == "000000000000");
  CHECK(line.at("region") == "us-east-1");
  CHECK(line.at("status") == 400);
  CHECK(line.at("error") == "NotFoundException");
  CHECK(line.at("ms") == 1.5);
  CHECK(line.at("requestId") == "id-2");
  CHECK(line.at("time").get<std::string>().size() > 20);
}

TEST_CASE("log_request: replaces bytes that would break out of the line") {
  const std::string odd = "a\"b\\c\nd{}%v\xff\x1b[31m" + std::string(1000, 'x');
  for (const char* format : {"text", "json"}) {
    const Captured log(format);
    Response response = response_of(odd, 200, "");
    response.region = odd;
    log_request(response, "id", took);
    log_message(odd);
    const std::string text = log.text();
    if (std::string(format) == "json") {
      std::istringstream lines(text);
      std::string line;
      int count = 0;
      for (; std::getline(lines, line); ++count) CHECK(json::accept(line));
      CHECK(count == 2);
    } else {
      const std::string first = text.substr(0, text.find('\n'));
      CHECK(first.find(" a?b?c?d{}%v??[31mxxx") != std::string::npos);
      CHECK(first.size() < 400);
      CHECK(first.ends_with(" 200 1.500ms id"));
    }
  }
}

TEST_CASE("log_bodies: shows both bodies at level debug, with their secrets masked") {
  for (const char* format : {"text", "json"}) {
    const Captured log(format, "debug");
    log_bodies("id-1", R"({"masterUserPassword": "hush", "name": "a"})", R"({"operations": []})");
    const std::string text = log.text();
    CHECK(text.find("hush") == std::string::npos);
    CHECK(text.find(R"({"masterUserPassword":"***","name":"a"})") != std::string::npos);
    CHECK(text.find(R"({"operations":[]})") != std::string::npos);
    CHECK(text.find("id-1") != std::string::npos);
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    if (std::string(format) == "json") CHECK(json::accept(text));
  }
}

TEST_CASE("log_bodies: shows null for a body that is not JSON, and nothing at level info") {
  {
    const Captured log("json", "debug");
    log_bodies("id-1", "\xff", "");
    const json line = json::parse(log.text());
    CHECK(line.at("input") == nullptr);
    CHECK(line.at("output") == nullptr);
  }
  const Captured log("text", "info");
  log_bodies("id-1", "{}", "{}");
  CHECK(log.text() == "");
}

TEST_CASE("log: writes nothing below its level") {
  const Captured log("text", "warning");
  log_request(response_of("GetInstance", 200, ""), "id-1", took);
  log_message("hello");
  CHECK(log.text() == "");
}

TEST_CASE("log_level_of, log_format_of: refuse an unknown name") {
  CHECK(log_level_of("off") == LogLevel::off);
  CHECK(log_level_of("error") == LogLevel::error);
  CHECK(log_format_of("json") == LogFormat::json);
  CHECK_THROWS_WITH_AS(log_level_of("loud"), "invalid log level \"loud\"", std::invalid_argument);
  CHECK_THROWS_WITH_AS(log_format_of("xml"), "invalid log format \"xml\"", std::invalid_argument);
}

}  // namespace papersail
