#include "server/observers/observers.hpp"

namespace papersail {
namespace {

// Returns the line that makes the fault for one call again: without it, the operations of the call
// would succeed.
ExportLine fault_line(const Record& record, const Outcome& operation) {
  const json fault = {
      {"action", record.action},
      {"times", 1},
      {"operation",
       {{"errorCode", operation.error_code}, {"errorDetails", operation.error_details}}}};
  ExportLine out = control_line(record.account, "POST /faults", fault.dump(), record.clock);
  out.request_id = record.request_id;
  return out;
}

}  // namespace

void Observers::note(const Request& request, const Response& response, const CallTrace& trace) {
  Record record = record_of(request, response, trace);
  // Clients may name any action of another service, so the unknown ones share a row.
  const std::string_view action = trace.is_unknown ? "-" : std::string_view(response.action);
  metrics.note(action, response.error_type, record.duration);
  coverage.note(action, response.error_type, trace.changes);
  const bool fails = trace.fault_outcome && trace.fault_outcome->operation;
  if (trace.wrote && fails) {
    recorder.exports().add(fault_line(record, *trace.fault_outcome->operation));
  }
  recorder.add(std::move(record), request.body, trace.wrote);
}

}  // namespace papersail
