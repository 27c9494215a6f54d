#include <charconv>
#include <iostream>

#include "cli/cli.hpp"
#include "cli/table.hpp"

namespace papersail {
namespace {

constexpr auto timeout = std::chrono::seconds(30);

// Returns the "message" of an error response, or its status if it has none.
std::string message_of(const Reply& reply) {
  const json body = json::parse(reply.body, nullptr, false);
  const std::string message = body.is_object() ? body.value("message", "") : "";
  return message.empty() ? "the server answered with status " + std::to_string(reply.status)
                         : message;
}

}  // namespace

Invocation::Invocation(Settings common, Values given)
    : settings(std::move(common)),
      values_(std::move(given)),
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
  if (reply.status >= 400) throw std::runtime_error(message_of(reply));
  return reply;
}

std::string Invocation::in_account(const std::string& rest) const {
  return "accounts/" + settings.account + rest;
}

void Invocation::show(const Reply& reply) const {
  const json value = json::parse(reply.body, nullptr, false);
  if (!value.is_discarded() && !reply.body.empty()) show(value);
}

void Invocation::show(const json& value) const {
  if (settings.as_json) {
    std::cout << value.dump() << '\n';
  } else {
    std::cout << table_of(value);
  }
}

void Invocation::say(const std::string& line) const {
  if (!settings.as_json) std::cout << line << '\n';
}

}  // namespace papersail
