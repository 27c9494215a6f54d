#include "server/observers/instruments.hpp"

namespace papersail {

void Instruments::note(const Request& request, const Answer& answer, const Progress& progress) {
  Record record = record_of(request, answer, progress);
  metrics.note(answer.action, answer.error_type, record.duration);
  coverage.note(answer.action, answer.error_type, progress.changes);
  // Made again, a call that was made to fail would not fail.
  const bool came_about = !(progress.struck && progress.struck->operation);
  recorder.add(std::move(record), request.body, progress.wrote && came_about);
}

}  // namespace papersail
