// What the fuzz targets share. Each is a program of its own: tests/fuzz/NAME.cpp with the inputs of
// tests/fuzz/corpus/NAME to begin with.
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

// Ends the run; libFuzzer keeps the input.
inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "%.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// Our own slips are answers of 500: no input may bring one about. What is not built yet is 501.
inline void require_sane(const Response& response) {
  require(response.status != 500, response.body);
  require(response.status >= 200 && response.status <= 501, "no status");
}

struct FuzzedServer {
  Accounts accounts{{"", Lifecycle::load("realistic"), Clock::parse("2026-01-01T00:00:00Z"), 1}};
  Dispatch dispatch{accounts, true};
  Control control{accounts, dispatch};
};

// A papersail that answers, with every output checked; made anew now and then, or it would grow.
class Fuzzed {
 public:
  Control& control() {
    if (!server_ || ++seen_once_ % 2000 == 0) server_.emplace();
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
  std::size_t seen_once_ = 0;
};

}  // namespace papersail
