#include "state/operation.hpp"

namespace papersail {
namespace {

// Appends JSON text directly: building a `json` object would cost as much as storing the operation.
void add(std::string& out, std::string_view member, std::string_view text) {
  out += ",\"";
  out += member;
  out += "\":";
  append_string(out, text);
}

void add(std::string& out, std::string_view member, Millis moment) {
  out += ",\"";
  out += member;
  out += "\":";
  append_timestamp(out, moment);
}

void add_location(std::string& out, const Operation& operation) {
  out += R"(,"location":{"regionName":)";
  append_string(out, operation.region);
  if (!operation.zone.empty()) add(out, "availabilityZone", operation.zone);
  out += '}';
}

std::string_view status(const Operation& operation, bool over) {
  if (!over) return "Started";
  return operation.error_code.empty() ? "Succeeded" : "Failed";
}

}  // namespace

std::string to_json(const Operation& operation, Millis now) {
  const bool over = operation.ends_at <= now;
  std::string out = R"({"id":)";
  out.reserve(384);
  append_string(out, operation.id);
  add(out, "resourceName", operation.resource_name);
  add(out, "resourceType", operation.resource_type);
  add(out, "createdAt", operation.created_at);
  add_location(out, operation);
  out += over ? R"(,"isTerminal":true)" : R"(,"isTerminal":false)";
  if (operation.details) add(out, "operationDetails", *operation.details);
  add(out, "operationType", operation.type);
  add(out, "status", status(operation, over));
  add(out, "statusChangedAt", over ? operation.ends_at : operation.created_at);
  if (over && !operation.error_code.empty()) {
    add(out, "errorCode", operation.error_code);
    add(out, "errorDetails", operation.error_details);
  }
  out += '}';
  return out;
}

}  // namespace papersail
