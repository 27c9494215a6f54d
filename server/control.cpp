#include "server/control.hpp"

#include <algorithm>

#include "server/control_routes.hpp"

namespace papersail {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Percent-decoded; what is no code stays as it is.
std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool code = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                      hex_digit(text[i + 2]) >= 0;
    if (code) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// The text up to the next `end`, which is cut off together with it.
std::string_view take(std::string_view& text, char end) {
  const std::size_t size = std::min(text.find(end), text.size());
  const std::string_view out = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return out;
}

bool fits(std::string_view parameter, std::string_view value) {
  if (parameter != "{id}") return !value.empty();
  return value.size() == 12 && std::all_of(value.begin(), value.end(), is_digit);
}

// Whether `path` is one of the pattern; fills in its parameters.
bool matches(std::string_view pattern, std::string_view path,
             std::map<std::string, std::string, std::less<>>& parameters) {
  parameters.clear();
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take(pattern, '/');
    const std::string_view given = take(path, '/');
    if (!wanted.starts_with('{')) {
      if (wanted != given) return false;
    } else {
      if (!fits(wanted, decoded(given))) return false;
      parameters.emplace(wanted.substr(1, wanted.size() - 2), decoded(given));
    }
  }
  return pattern.empty() && path.empty();
}

std::map<std::string, std::string, std::less<>> members_of(std::string_view query) {
  std::map<std::string, std::string, std::less<>> out;
  while (!query.empty()) {
    std::string_view value = take(query, '&');
    const std::string_view name = take(value, '=');
    out.emplace(decoded(name), decoded(value));
  }
  return out;
}

json parsed_body(std::string_view text) {
  if (text.empty()) return nullptr;
  try {
    return json::parse(text);
  } catch (const json::exception&) {
    throw ControlError{400, "The body is not valid JSON."};
  }
}

bool is_ours(std::string_view path) {
  return path.starts_with("/_papersail/") || path.starts_with("/_localstack/") ||
         path.starts_with("/moto-api/");
}

Answer handled(Control& control, ControlRequest& request) {
  std::string allowed;
  for (const Route& route : all_routes()) {
    if (!matches(route.path, request.path, request.parameters)) continue;
    const bool same = request.method == route.method ||
                      (request.method == "HEAD" && std::string_view(route.method) == "GET");
    if (same) {
      request.body = parsed_body(request.text);
      return route.handle(control, request);
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
  }
  if (allowed.empty())
    throw ControlError{404, "There is no such path; see /_papersail/openapi.json"};
  throw ControlError{405, "This path answers " + allowed + " only."};
}

}  // namespace

std::string ControlRequest::query_value(std::string_view name) const {
  const auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

Answer control_json(const json& value, int status) {
  Answer answer;
  answer.status = status;
  answer.content_type = "application/json";
  answer.body = write(value);
  return answer;
}

std::vector<Route> all_routes() {
  std::vector<Route> out;
  for (const auto& family : {server_routes}) out.insert(out.end(), family.begin(), family.end());
  return out;
}

std::optional<Answer> control_answer(Control& control, std::string_view method,
                                     std::string_view target, std::string_view body) {
  if (!is_ours(target)) return std::nullopt;
  ControlRequest request;
  request.method = method;
  request.path = take(target, '?');
  request.query = members_of(target);
  request.text = body;
  control.dispatch.commit();
  Answer answer;
  try {
    answer = handled(control, request);
  } catch (const ControlError& error) {
    answer = control_json({{"message", error.message}}, error.status);
  } catch (const ApiError& error) {
    answer = control_json({{"message", std::string(error.what())}}, 400);
  } catch (const std::exception& error) {
    answer = control_json({{"message", std::string("papersail failed: ") + error.what()}}, 500);
  }
  answer.action = std::string(method) + ' ' + std::string(request.path);
  return answer;
}

}  // namespace papersail
