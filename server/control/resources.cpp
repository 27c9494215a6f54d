// Reads, changes and deletes resources without the Lightsail API, to test drift.
#include "server/control/accounts.hpp"
#include "server/control/checks.hpp"
#include "server/control/resource_shape.hpp"
#include "server/control/routes.hpp"
#include "state/page.hpp"

namespace papersail {
namespace {

std::string label(const ControlRequest& request) {
  return '"' + request.parameter("name") + "\" in " + request.parameter("region");
}

Resource resource_in(Account& account, const ControlRequest& request) {
  auto found = account.store.find(request.parameter("region"), request.parameter("name"));
  if (!found) throw ControlError{404, "There is no resource " + label(request) + "."};
  return *std::move(found);
}

Response resource_response(Account& account, const ControlRequest& request) {
  const json entry =
      account.store.inventory().entry(request.parameter("region"), request.parameter("name"));
  if (entry.is_null()) throw ControlError{404, "There is no resource " + label(request) + "."};
  return json_response(entry);
}

// True for members that name the resource: "name" in most documents, "containerServiceName" in that
// of a container service.
bool is_identity(const std::string& member, const std::string& type) {
  return member == "name" || member == "resourceType" ||
         (member.size() == type.size() + 4 && member.ends_with("Name") &&
          member.compare(1, type.size() - 1, type, 1) == 0);
}

// papersail finds a resource by these members, so a patch must not change them.
void require_same_identity(const std::string& type, const json& before, const json& after) {
  for (const auto& [member, value] : before.items()) {
    if (is_identity(member, type) && after.value(member, json()) != value) {
      throw ControlError{400, "\"" + member + "\" identifies the resource and cannot be changed."};
    }
  }
  static const json::json_pointer region("/location/regionName");
  if (before.value(region, json()) != after.value(region, json())) {
    throw ControlError{400,
                       "\"location.regionName\" identifies the resource and cannot be changed."};
  }
}

void require_status(const std::string& type, const json& before, const json& after) {
  const auto pointer = status_pointer(type);
  if (!pointer || !before.contains(*pointer)) return;
  if (!after.contains(*pointer) || !after.at(*pointer).is_string()) {
    throw ControlError{400, "\"" + pointer->to_string().substr(1) + "\" must be a string."};
  }
}

// Skips documents that do not have their type's shape to begin with, because the API shows them in
// another form.
void require_fit(Model& model, const std::string& type, const json& before, const json& after) {
  const Shape* shape = resource_shape(model, type);
  if (!shape || !output_violations(*shape, before).empty()) return;
  const auto violations = output_violations(*shape, after);
  if (!violations.empty()) {
    throw ControlError{
        400, "The document would not be a valid " + type + ": " + violations.front() + "."};
  }
}

json patched(Model& model, const Resource& resource, const json& patch) {
  if (!patch.is_object()) throw ControlError{400, "The body must be a JSON object."};
  const json before = resource.doc.parsed();
  json out = before;
  out.merge_patch(patch);
  require_same_identity(resource.type, before, out);
  require_status(resource.type, before, out);
  require_fit(model, resource.type, before, out);
  return out;
}

Response list_resources(Control& control, const ControlRequest& request) {
  require_known_parameters(request, {"region", "type", "pageToken"});
  Account& account = account_of(control, request);
  const std::string token = request.query_value("pageToken");
  Page page =
      account.store.inventory().list(request.query_value("region"), request.query_value("type"),
                                     token.empty() ? "" : opened_token(account.id, token));
  json out = {{"resources", std::move(page.elements)}};
  if (!page.next_token.empty()) out["nextPageToken"] = sealed_token(account.id, page.next_token);
  return json_response(out);
}

Response get_resource(Control& control, const ControlRequest& request) {
  return resource_response(account_of(control, request), request);
}

Response patch_resource(Control& control, const ControlRequest& request) {
  Account& account = account_of(control, request);
  Resource resource = resource_in(account, request);
  resource.doc = patched(control.dispatch.model(), resource, request.body);
  write_to(account, [&] { account.store.put(resource, account.clock.now()); });
  return resource_response(account, request);
}

Response remove_resource(Control& control, const ControlRequest& request) {
  Account& account = account_of(control, request);
  const Resource resource = resource_in(account, request);
  write_to(account, [&] { account.store.remove(resource); });
  return json_response({{"status", "ok"}});
}

constexpr Route routes[] = {
    {"GET", "/_papersail/accounts/{id}/resources", list_resources},
    {"GET", "/_papersail/accounts/{id}/resources/{region}/{name}", get_resource},
    {"PATCH", "/_papersail/accounts/{id}/resources/{region}/{name}", patch_resource},
    {"DELETE", "/_papersail/accounts/{id}/resources/{region}/{name}", remove_resource},
};

}  // namespace

const std::span<const Route> resource_routes = routes;

}  // namespace papersail
