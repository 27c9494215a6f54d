#include "server/observers/observers.hpp"

namespace papersail {

void Observers::note(const Request& request, const Response& response, const CallTrace& trace) {
  Record record = record_of(request, response, trace);
  // Clients may name any action of another service, so the unknown ones share a row.
  const std::string_view action = trace.is_unknown ? "-" : std::string_view(response.action);
  metrics.note(action, response.error_type, record.duration);
  coverage.note(action, response.error_type, trace.changes);
  // Replaying the call without its fault would let its operations succeed, so the export omits it.
  const bool replayable = !(trace.fault_outcome && trace.fault_outcome->operation);
  recorder.add(std::move(record), request.body, trace.wrote && replayable);
}

}  // namespace papersail
