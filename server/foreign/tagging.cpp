// Resource Groups Tagging API: GetResources, GetTagKeys, GetTagValues, over Lightsail's resources
// in the region of the call.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "server/foreign/actions.hpp"
#include "server/foreign/inventory.hpp"
#include "server/foreign/tagging_input.hpp"
#include "state/page.hpp"
#include "text/json.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr std::size_t most_in_page = 100;

struct Tagged {
  std::string arn;
  std::string type;  // "Instance"
  json tags;         // [{"Key", "Value"}]
};

using Texts = std::vector<std::string>;

bool contains(const Texts& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

json tags_of(const Resource& resource) {
  json out = json::array();
  for (const json& tag : resource.doc.value("tags", json::array()))
    out.push_back({{"Key", tag.at("key")}, {"Value", tag.value("value", "")}});
  return out;
}

// Returns the resources that have tags, in the order of their ARNs.
std::vector<Tagged> tagged(const ForeignContext& context) {
  std::vector<Tagged> out;
  for (const Resource& resource : resources_of(context.account, context.response.region, "")) {
    json tags = tags_of(resource);
    if (!tags.empty()) out.push_back({resource.doc.at("arn"), resource.type, std::move(tags)});
  }
  std::sort(out.begin(), out.end(),
            [](const Tagged& one, const Tagged& other) { return one.arn < other.arn; });
  return out;
}

// True for the type "lightsail", and for "lightsail:instance" in any case.
bool is_of_type(const Tagged& resource, const Texts& types) {
  return std::any_of(types.begin(), types.end(), [&](const std::string& type) {
    const std::string wanted = lower(type);
    return wanted == "lightsail" || wanted == "lightsail:" + lower(resource.type);
  });
}

// A filter without values matches every value of its key.
bool has_tag(const Tagged& resource, const TaggingInput& filter) {
  const std::string key = filter.text("Key");
  const Texts values = filter.texts("Values");
  return std::any_of(resource.tags.begin(), resource.tags.end(), [&](const json& tag) {
    return tag.at("Key") == key && (values.empty() || contains(values, tag.at("Value")));
  });
}

// Removes the resources that the input does not select: all filters of tags and one of the types
// must match.
void select(std::vector<Tagged>& resources, const TaggingInput& input) {
  const auto filters = input.objects("TagFilters");
  const Texts types = input.texts("ResourceTypeFilters"), arns = input.texts("ResourceARNList");
  if (!arns.empty() && (!filters.empty() || !types.empty())) {
    throw invalid_tagging_input(
        "ResourceARNList cannot be combined with TagFilters or ResourceTypeFilters.");
  }
  std::erase_if(resources, [&](const Tagged& resource) {
    const bool has_tags = std::all_of(filters.begin(), filters.end(), [&](const auto& filter) {
      return has_tag(resource, filter);
    });
    return !has_tags || (!types.empty() && !is_of_type(resource, types)) ||
           (!arns.empty() && !contains(arns, resource.arn));
  });
}

// Removes the resources of earlier pages.
void skip_to(std::vector<Tagged>& resources, const std::string& list, const std::string& token) {
  if (token.empty()) return;
  std::string last;
  try {
    last = last_key_of(list, token);
  } catch (const ApiError&) {
    throw invalid_tagging_input("The PaginationToken is not valid.");
  }
  std::erase_if(resources, [&](const Tagged& resource) { return resource.arn <= last; });
}

std::string get_resources(const ForeignContext& context) {
  const TaggingInput input(context.request.body);
  const std::string list = context.response.account + " GetResources " + context.response.region;
  std::vector<Tagged> resources = tagged(context);
  select(resources, input);
  skip_to(resources, list, input.text("PaginationToken"));
  const std::size_t all = resources.size();
  resources.resize(std::min(all, input.number("ResourcesPerPage", most_in_page)));
  const bool more = resources.size() < all;
  json page = json::array();
  for (const Tagged& resource : resources)
    page.push_back({{"ResourceARN", resource.arn}, {"Tags", resource.tags}});
  return printed({{"PaginationToken", more ? page_token(list, resources.back().arn) : ""},
                  {"ResourceTagMappingList", std::move(page)}});
}

// Returns an answer with the values of `member` in the tags with this key ("": in all). One page
// holds all of them.
std::string tag_parts(const ForeignContext& context, const char* list, const char* member,
                      const std::string& key) {
  std::set<std::string> parts;
  for (const Tagged& resource : tagged(context)) {
    for (const json& tag : resource.tags) {
      if (key.empty() || tag.at("Key") == key) parts.insert(tag.at(member));
    }
  }
  return printed({{"PaginationToken", ""}, {list, parts}});
}

std::string get_tag_keys(const ForeignContext& context) {
  return tag_parts(context, "TagKeys", "Key", "");
}

std::string get_tag_values(const ForeignContext& context) {
  const std::string key = TaggingInput(context.request.body).text("Key");
  if (key.empty()) throw invalid_tagging_input("Key is required.");
  return tag_parts(context, "TagValues", "Value", key);
}

constexpr ForeignAction actions[] = {
    {"GetResources", get_resources},
    {"GetTagKeys", get_tag_keys},
    {"GetTagValues", get_tag_values},
};

}  // namespace

constexpr ForeignService tagging_service = {"tagging", Protocol::json, "", actions};

}  // namespace papersail
