#include "cli/invocation.hpp"

#include <boost/algorithm/string/replace.hpp>
#include <charconv>
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/help.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

constexpr auto timeout = std::chrono::seconds(30);

// Returns the "message" of an error response, or its status if it has none.
std::string message_of(const Reply& reply) {
  const json body = try_parse_json(reply.body);
  const std::string message = body.is_object() ? body.value("message", "") : "";
  if (!message.empty()) return message;
  return "the server answered with status " + std::to_string(reply.status) +
         "; is it papersail? (papersail doctor)";
}

}  // namespace

Invocation::Invocation(Settings common, Values given, Words words)
    : settings(std::move(common)),
      values_(std::move(given)),
      words_(std::move(words)),
      client_(Endpoint(settings.endpoint), timeout) {}

std::string Invocation::text(std::string_view argument) const {
  const auto found = values_.find(argument);
  return found == values_.end() ? "" : found->second;
}

std::optional<std::int64_t> Invocation::number(std::string_view argument) const {
  if (!has(argument)) return std::nullopt;
  const std::string written = text(argument);
  const char* const end = written.data() + written.size();
  std::int64_t out = 0;
  const auto read = std::from_chars(written.data(), end, out);
  if (read.ec != std::errc() || read.ptr != end || out < 0) {
    throw UsageError(std::string(argument) + " must be a whole number, not " + written);
  }
  return out;
}

Headers Invocation::headers() const {
  Headers out = {{"Content-Type", "application/json"}};
  if (!settings.token.empty()) out["Authorization"] = "Bearer " + settings.token;
  return out;
}

Reply Invocation::ask(std::string_view method, const std::string& path, std::string_view body) {
  Reply reply = client_.ask(method, "/_papersail/" + path, body, headers());
  if (reply.status == 401) {
    throw ServerRefusal(reply.status,
                        "the server requires its control token: set --control-token or "
                        "PAPERSAIL_CONTROL_TOKEN");
  }
  if (reply.status >= 400) throw ServerRefusal(reply.status, in_own_words(message_of(reply)));
  return reply;
}

std::string Invocation::in_own_words(std::string message) const {
  for (const auto& [member, argument] : words_) {
    boost::algorithm::replace_all(message, '"' + member + '"', argument);
  }
  return message;
}

std::string Invocation::in_account(const std::string& rest) const {
  return "accounts/" + settings.account + rest;
}

void Invocation::print(const json& value) {
  std::cout << value.dump() << '\n';
}

void Invocation::tell(const std::string& line, const json& value) const {
  if (settings.as_json) return print(value);
  const std::size_t width = output_width();
  std::istringstream lines(line);
  for (std::string one; std::getline(lines, one);) {
    std::cout << (width > 0 ? wrapped(one, width) : one) << '\n';
  }
}

void write_file(const std::string& name, std::string_view bytes) {
  std::ofstream file(name, std::ios::binary);
  file << bytes << std::flush;
  if (!file) throw std::runtime_error("cannot write " + name);
}

}  // namespace papersail
