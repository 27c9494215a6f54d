// TagResource, UntagResource.
#include <strings.h>

#include <algorithm>
#include <cctype>
#include <string>

#include "handlers/actions.hpp"
#include "handlers/tags.hpp"

namespace papersail {
namespace {

constexpr std::size_t most_tags = 50;

bool is_tag_character(unsigned char c) {
  return std::isalnum(c) || c >= 0x80 ||
         std::string_view(" _.:/=+-@").find(static_cast<char>(c)) != std::string_view::npos;
}

std::size_t characters_in(const std::string& text) {  // does not count UTF-8 continuation bytes
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

void require_valid(const std::string& what, const std::string& text, std::size_t shortest,
                   std::size_t longest) {
  const std::size_t size = characters_in(text);
  if (size < shortest || size > longest) {
    throw invalid_input("The tag " + what + " \"" + text + "\" must have between " +
                        std::to_string(shortest) + " and " + std::to_string(longest) +
                        " characters.");
  }
  if (!std::all_of(text.begin(), text.end(), is_tag_character)) {
    throw invalid_input("The tag " + what + " \"" + text +
                        "\" may contain only letters, digits, spaces and _ . : / = + - @");
  }
}

void require_valid_key(const std::string& key) {
  require_valid("key", key, 1, 128);
  if (strncasecmp(key.c_str(), "aws:", 4) == 0) {
    throw invalid_input("The tag key \"" + key + "\" must not begin with aws:, which is reserved.");
  }
}

bool has_key(const json& tag, const json& key) {
  return tag.at("key") == key;
}

void set_tag(json& tags, const json& tag) {
  const auto same = std::find_if(tags.begin(), tags.end(),
                                 [&](const json& t) { return has_key(t, tag.at("key")); });
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

const json& valid_tags(const json& tags) {
  if (tags.size() > most_tags) {
    throw invalid_input("A resource can have at most " + std::to_string(most_tags) + " tags.");
  }
  for (auto tag = tags.begin(); tag != tags.end(); ++tag) {
    const json key = tag->value("key", "");
    require_valid_key(key);
    require_valid("value", tag->value("value", ""), 0, 256);
    if (std::any_of(tags.begin(), tag, [&](const json& t) { return has_key(t, key); })) {
      throw invalid_input("The tag key \"" + key.get<std::string>() + "\" is given twice.");
    }
  }
  return tags;
}

const std::span<const Action> tag_actions = actions;

}  // namespace papersail
