// Shared code of the fuzz targets. Each target is a separate program: tests/fuzz/NAME.cpp, with its
// first inputs in tests/fuzz/corpus/NAME.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "server/control/control.hpp"
#include "state/account.hpp"

namespace papersail {

inline std::string_view text_of(const unsigned char* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// Ends the run unless `holds`; libFuzzer then saves the input.
inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "%.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// Fails for status 500, which means a programming error. 501 (an action that is not implemented) is
// valid.
inline void require_sane(const Response& response) {
  require(response.status != 500, response.body);
  require(response.status >= 200 && response.status <= 501, "invalid status");
}

struct FuzzedServer {
  Accounts accounts{{"", Lifecycle::load("realistic"), Clock::parse("2026-01-01T00:00:00Z"), 1}};
  Dispatch dispatch{accounts, true};
  Control control{accounts, dispatch};
};

// A papersail that checks every output. Replaced after 2000 calls, because its state grows.
class Fuzzed {
 public:
  Control& control() {
    if (!server_ || ++calls_ % 2000 == 0) server_.emplace();
    return server_->control;
  }
  Response call(std::string_view action, std::string_view body) {
    const std::string target = "Lightsail_20161128." + std::string(action);
    Request request;
    request.target = target;
    request.body = body;
    return control().dispatch.respond(request);
  }

 private:
  std::optional<FuzzedServer> server_;
  std::size_t calls_ = 0;
};

}  // namespace papersail
