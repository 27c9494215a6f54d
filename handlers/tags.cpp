// TagResource, UntagResource.
#include <algorithm>
#include <string>

#include "handlers/actions.hpp"
#include "handlers/tag_rules.hpp"

namespace papersail {
namespace {

void set_tag(json& tags, const json& tag) {
  const auto same = std::find_if(tags.begin(), tags.end(),
                                 [&](const json& t) { return t.at("key") == tag.at("key"); });
  if (same == tags.end()) {
    tags.push_back(tag);
  } else {
    *same = tag;
  }
}

// Types without tags in their documents cannot be tagged. The message is recorded for
// LoadBalancerTlsCertificate.
Resource taggable(Call& call) {
  const std::string name = call.in["resourceName"];
  auto found = call.store.find(call.region, name);
  const std::string arn = call.text("resourceArn");
  if (!found || (!arn.empty() && found->doc.at("arn") != arn)) throw not_found("Resource", name);
  if (!found->doc.contains("tags")) {
    throw invalid_input("The resource type, " + found->type + ", is not taggable.");
  }
  return *found;
}

json tag_resource(Call& call) {
  Resource resource = taggable(call);
  for (const json& tag : valid_tags(call.in["tags"])) set_tag(resource.doc["tags"], tag);
  resource.doc["tags"] = valid_tags(resource.doc["tags"]);
  call.put(resource);
  return operations({call.succeeded(resource)});
}

// A key without a tag is no error, as in all of AWS.
json untag_resource(Call& call) {
  Resource resource = taggable(call);
  json kept = json::array();
  const json& keys = call.in["tagKeys"];
  for (const json& tag : resource.doc["tags"]) {
    if (std::find(keys.begin(), keys.end(), tag.at("key")) == keys.end()) kept.push_back(tag);
  }
  resource.doc["tags"] = kept;
  call.put(resource);
  return operations({call.succeeded(resource)});
}

constexpr Action actions[] = {
    {"TagResource", tag_resource},
    {"UntagResource", untag_resource},
};

}  // namespace

const std::span<const Action> tag_actions = actions;

}  // namespace papersail
