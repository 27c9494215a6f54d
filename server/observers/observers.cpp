#include "server/observers/observers.hpp"

namespace papersail {

void Observers::note(const Request& request, const Response& response, const CallTrace& trace) {
  Record record = record_of(request, response, trace);
  metrics.note(response.action, response.error_type, record.duration);
  coverage.note(response.action, response.error_type, trace.changes);
  // Made again, a call that was made to fail would not fail.
  const bool came_about = !(trace.faults_hit && trace.faults_hit->operation);
  recorder.add(std::move(record), request.body, trace.wrote && came_about);
}

}  // namespace papersail
