#include "handlers/call.hpp"

#include <set>
#include <string_view>

#include "handlers/names.hpp"
#include "handlers/tag_rules.hpp"
#include "text/strings.hpp"

namespace papersail {
Resource Call::new_resource(const std::string& type, const std::string& name,
                            const std::string& availability_zone, const std::string& native_id) {
  require_valid_name(name);
  Resource out{0, region, type, name, {}, {}};
  Document location;
  location.set("availabilityZone", availability_zone);
  location.set("regionName", region);
  out.doc.set("name", name);
  out.doc.set("arn",
              "arn:aws:lightsail:" + region + ":" + account.id + ":" + type + "/" + ids().uuid());
  out.doc.set("supportCode", ids().constant_digits("support " + region, 12) + "/" + native_id);
  out.doc.set("createdAt", timestamp(now_));
  out.doc.set("location", location);
  out.doc.set("resourceType", type);
  out.doc.set("tags", in.contains("tags") ? valid_tags(in["tags"]) : json::array());
  return out;
}

Document Call::document(const std::string& type, const std::string& name) {
  auto document = store.document(region, type, name);
  if (!document) throw not_found(type, name);
  return *std::move(document);
}

std::string Call::owner_of_tokens() const {
  return account.id + ' ' + region + ' ' + std::string(action);
}

std::string Call::page_token() const {
  const std::string token = text("pageToken");
  return token.empty() ? token : opened_token(owner_of_tokens(), token);
}

json Call::page_response(const char* member, Page page) const {
  json out = {{member, std::move(page.elements)}};
  if (!page.next_token.empty()) {
    out["nextPageToken"] = sealed_token(owner_of_tokens(), page.next_token);
  }
  return out;
}

json Call::show_list(const std::string& type, const char* member) {
  return page_response(member, store.list(region, type, page_token()));
}

json Call::show_list(const std::string& type, const char* member,
                     const std::function<json(Resource)>& show) {
  ResourcePage found = store.list_resources(region, type, page_token());
  Page page{{}, std::move(found.next_token)};
  for (Resource& one : found.resources) page.elements.push_back(show(std::move(one)));
  return page_response(member, std::move(page));
}

void Call::require_free(const std::vector<std::string>& names) {
  std::vector<std::string> taken;
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    const bool twice = !seen.insert(name).second;
    if (twice || store.has(region, name)) taken.push_back(name);
  }
  if (!taken.empty()) {
    throw invalid_input("Some names are already in use: " + joined(taken), "NameExists");
  }
}

json Call::operation(std::string_view type, const Resource& resource, const Details& details,
                     const Outcome& outcome) {
  const Outcome& end = failing ? *failing : outcome;
  const std::string id = ids().uuid_at(now_);
  const json& location = resource.doc.at("location");
  const std::string zone = location.value("availabilityZone", "");
  const Operation operation{id,
                            type,
                            location.at("regionName").get_ref<const std::string&>(),
                            zone,
                            resource.name,
                            resource.type,
                            details,
                            now_,
                            now_ + outcome.after,
                            end.error_code,
                            end.error_details};
  store.operations().add(operation);
  return raw_json(to_json(operation, now_));
}

json Call::started(std::string_view type, const Resource& resource, const Details& details) {
  const std::string status = status_of(resource);
  return operation(type, resource, details,
                   store.lifecycle().final_outcome(resource.type, resource.name, status));
}

json Call::succeeded(std::string_view type, const Resource& resource, const Details& details) {
  return operation(type, resource, details, Outcome{});
}

json Call::lasting(const Resource& resource, Millis time) {
  return operation(action, resource, std::nullopt, Outcome{time, "", ""});
}

std::vector<json> Call::started_pair(std::string_view type, const Resource& first,
                                     const Resource& second) {
  const Outcome outcome = store.lifecycle().final_outcome(first.type, first.name, status_of(first));
  return {operation(type, first, second.name, outcome),
          operation(type, second, first.name, outcome)};
}

json operations(std::vector<json> list) {
  json out;
  out["operations"] = std::move(list);
  return out;
}

json operation(json one) {
  json out;
  out["operation"] = std::move(one);
  return out;
}

}  // namespace papersail
