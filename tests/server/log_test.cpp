#include "server/log.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

#include "tests/support/captured_log.hpp"

namespace papersail {
namespace {

// A pipe that nobody reads until the test calls `text`.
struct StalledReader {
  int ends[2] = {-1, -1};

  StalledReader() {
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    REQUIRE(::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
  }
  ~StalledReader() {
    for (const int end : ends) ::close(end);
  }
  StalledReader(const StalledReader&) = delete;
  StalledReader& operator=(const StalledReader&) = delete;

  // Reads all that was logged.
  std::string text() const {
    std::string out;
    for (;;) {
      flush_log();
      char bytes[1 << 16];
      const ssize_t size = ::read(ends[0], bytes, sizeof bytes);
      if (size <= 0) return out;
      out.append(bytes, static_cast<std::size_t>(size));
    }
  }
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
  const CapturedLog log("text");
  log_request(response_of("GetInstance", 200, ""), "id-1", took);
  log_request(response_of("GetDisk", 400, "NotFoundException"), "id-2", took);
  const std::string text = log.text();
  CHECK(text.find(" info GetInstance 000000000000 us-east-1 200 1.500ms id-1\n") !=
        std::string::npos);
  CHECK(text.find(" info GetDisk 000000000000 us-east-1 400 NotFoundException 1.500ms id-2\n") !=
        std::string::npos);
}

TEST_CASE("log_request: writes one line of JSON") {
  const CapturedLog log("json");
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
    const CapturedLog log(format);
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
    const CapturedLog log(format, "debug");
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
    const CapturedLog log("json", "debug");
    log_bodies("id-1", "\xff", "");
    const json line = json::parse(log.text());
    CHECK(line.at("input") == nullptr);
    CHECK(line.at("output") == nullptr);
  }
  const CapturedLog log("text", "info");
  log_bodies("id-1", "{}", "{}");
  CHECK(log.text() == "");
}

TEST_CASE("log: writes nothing below its level") {
  const CapturedLog log("text", "warning");
  log_request(response_of("GetInstance", 200, ""), "id-1", took);
  log_message("hello");
  CHECK(log.text() == "");
}

TEST_CASE("log: drops and counts the lines for which a slow reader leaves no room") {
  for (const char* format : {"text", "json"}) {
    CAPTURE(format);
    StalledReader reader;
    open_log(LogLevel::info, log_format_of(format), reader.ends[1]);
    const std::string message(1000, 'x');
    for (int i = 0; i < 2000; ++i) log_message(message);
    const std::string text = reader.text();
    const std::size_t written = static_cast<std::size_t>(
        std::count(text.begin(), text.end(), '\n'));  // one line is the report
    CHECK(written > 1000);
    CHECK(written < 1500);
    const std::string report =
        std::to_string(2001 - written) + " log lines dropped: the reader of the log is slow";
    CHECK(text.find(report) != std::string::npos);
    log_message("hello");
    CHECK(reader.text().find("hello") != std::string::npos);
    open_log(LogLevel::off, LogFormat::text);
  }
}

TEST_CASE("print: writes its text at every level, in order with the log") {
  const CapturedLog log("text", "error");
  log_error("one");
  print("two\n");
  log_critical("three");
  const std::string text = log.text();
  CHECK(text.find(" error one\ntwo\n") != std::string::npos);
  CHECK(text.ends_with(" critical three\n"));
}

TEST_CASE("log_level_of, log_format_of: refuse an unknown name") {
  CHECK(log_level_of("off") == LogLevel::off);
  CHECK(log_level_of("error") == LogLevel::error);
  CHECK(log_format_of("json") == LogFormat::json);
  CHECK_THROWS_WITH_AS(log_level_of("loud"), "invalid log level \"loud\"", std::invalid_argument);
  CHECK_THROWS_WITH_AS(log_format_of("xml"), "invalid log format \"xml\"", std::invalid_argument);
}

}  // namespace papersail
