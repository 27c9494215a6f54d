#include "server/api/request.hpp"

#include "server/api/error.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

Answer with_body(int status, std::string body) {
  Answer answer;
  answer.status = status;
  answer.content_type = "application/json";
  answer.body = std::move(body);
  return answer;
}

}  // namespace

void tell(Answer& answer, const ApiError& error) {
  answer.status = http_status(error);
  answer.error_type = error.type;
  answer.body = error_body(error);
}

Answer failure_answer(Answer answer) {
  try {
    throw;
  } catch (const ApiError& error) {
    tell(answer, error);
  } catch (const std::exception& error) {
    tell(answer, service_failure(std::string("papersail failed: ") + error.what()));
  } catch (...) {
    tell(answer, service_failure("papersail failed"));
  }
  return answer;
}

Answer json_answer(const json& value, int status) {
  return with_body(status, write(value));
}

Answer message_answer(int status, const std::string& message) {
  return with_body(status, printed({{"message", message}}));
}

}  // namespace papersail
