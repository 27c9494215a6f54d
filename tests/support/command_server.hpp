// Commands that are run against a server, or against fixed responses.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "tests/support/fake_server.hpp"
#include "tests/support/serving.hpp"

namespace papersail {

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A server, and commands that call it.
struct CommandServer : Serving {
  explicit CommandServer(std::vector<std::string> more = {}) : Serving(std::move(more)) {}

  Ran ask(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--endpoint", "http://127.0.0.1:" + port});
    return run(arguments);
  }
};

inline std::string response(const std::string& body, const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

// The run of a command, and the request that it sent to a server with one fixed response.
struct CommandExchange {
  Ran ran;
  std::string request;
};
inline CommandExchange run_with_response(const std::string& bytes,
                                         std::vector<std::string> arguments) {
  const FakeServer server({bytes});
  arguments.insert(arguments.begin(), {"--endpoint", server.url()});
  Ran ran = run(arguments);
  return {std::move(ran), server.request()};
}

}  // namespace papersail
