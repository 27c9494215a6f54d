#include "server/control.hpp"

namespace papersail {
namespace {

json health() {
  return {{"status", "ok"}, {"version", version}};
}

// What LocalStack's clients look for: the service by its name, and a version.
json localstack_health() {
  return {{"services", {{"lightsail", "running"}}}, {"edition", "papersail"}, {"version", version}};
}

}  // namespace

std::optional<Answer> control_answer(std::string_view method, std::string_view path) {
  path = path.substr(0, path.find('?'));
  const bool ours = path == "/_papersail/health";
  if (!ours && path != "/_localstack/health") return std::nullopt;
  Answer answer;
  answer.action = "health";
  answer.content_type = "application/json";
  if (method != "GET" && method != "HEAD") {
    answer.status = 405;
    answer.body = R"({"message":"This path answers GET only."})";
  } else {
    answer.body = (ours ? health() : localstack_health()).dump();
  }
  return answer;
}

}  // namespace papersail
