// A call from a client, and the functions that handlers use.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/account.hpp"
#include "state/error.hpp"
#include "state/page.hpp"
#include "state/resource.hpp"
#include "text/json.hpp"
#include "text/time.hpp"

namespace papersail {

// A call from a client. `in` matches the input shape of its action: required members are present
// and all members have their type. So use `in["x"]` for required members and `in.value` for others.
class Call {
 public:
  Call(Account& account, std::string_view action, std::string region, const json& input, Millis now)
      : account(account),
        action(action),
        store(account.store),
        region(std::move(region)),
        in(input),
        now_(now) {}

  Account& account;
  const std::string_view action;  // as in the service model; outlives the call
  Store& store;
  const std::string region;
  const json& in;
  // If set, the call's operations end as Failed with this code and these details.
  const Outcome* failing = nullptr;

  Millis now() const {
    timeless_ = false;
    return now_;
  }
  Ids& ids() {
    timeless_ = false;
    return store.ids();
  }
  // True if the response depends only on stored state, so that it can be cached. `now()` and
  // `ids()` clear it; handlers must not read the clock any other way.
  bool is_timeless() const { return timeless_; }
  // Returns an optional string member, or "" if it is absent.
  std::string text(const char* member) const { return in.value(member, ""); }
  bool flag(const char* member) const { return in.value(member, false); }

  // --- resources ---

  // Returns a new resource of this region with the members that all resources have: name, arn,
  // supportCode, createdAt, location, resourceType, and the tags of the input. Does not store it.
  // `native_id` is the part of the support code after the slash. Throws invalid_input for a name
  // that the service refuses.
  Resource new_resource(const std::string& type, const std::string& name,
                        const std::string& availability_zone, const std::string& native_id);
  void create(Resource& resource) { store.create(resource, now_); }
  void put(Resource& resource) { store.put(resource, now_); }
  // Returns the resource of this region. Throws not_found.
  Resource get(const std::string& type, const std::string& name) {
    return store.get(region, type, name);
  }
  // Returns the resource's document. Throws not_found.
  Document document(const std::string& type, const std::string& name);
  // Returns it as raw JSON, for a response. Throws not_found.
  json show(const std::string& type, const std::string& name) { return document(type, name).raw(); }
  // Returns the pageToken of the input, "" if there is none, as the store made it. Throws
  // invalid_input for a token of another account, region or action.
  std::string page_token() const;
  // Returns {member: [...], "nextPageToken"?}.
  json page_response(const char* member, Page page) const;
  // Returns a page of the documents of a type: {member: [...], "nextPageToken"?}.
  json show_list(const std::string& type, const char* member);
  // The same with the JSON that `show` returns for each resource.
  json show_list(const std::string& type, const char* member,
                 const std::function<json(Resource)>& show);
  // Throws invalid_input "NameExists" if any of the names is in use in this region or occurs twice.
  void require_free(const std::vector<std::string>& names);

  // --- operations ---

  using Details = std::optional<std::string>;

  // These functions store and return operations. An operation's type is the name of the action,
  // unless `type` is given. Its details are omitted if nullopt.

  // An operation that lasts until the lifecycle of the resource reaches a final state; it is
  // complete at once if the resource is already in one.
  json started(const Resource& resource, const Details& details = std::nullopt) {
    return started(action, resource, details);
  }
  json started(std::string_view type, const Resource& resource,
               const Details& details = std::nullopt);
  // An operation that is complete at once.
  json succeeded(const Resource& resource, const Details& details = std::nullopt) {
    return succeeded(action, resource, details);
  }
  json succeeded(std::string_view type, const Resource& resource,
                 const Details& details = std::nullopt);
  // An operation that lasts `time`, independent of the resource's state.
  json lasting(const Resource& resource, Millis time);

  // Two operations for an action on two resources: one on each, with the other's name as details.
  // Both last until the lifecycle of `first` reaches a final state, so they are complete at once if
  // its type has no states.
  std::vector<json> started_pair(const Resource& first, const Resource& second) {
    return started_pair(action, first, second);
  }
  std::vector<json> started_pair(std::string_view type, const Resource& first,
                                 const Resource& second);

 private:
  std::string owner_of_tokens() const;
  json operation(std::string_view type, const Resource& resource, const Details& details,
                 const Outcome& outcome);

  const Millis now_;
  mutable bool timeless_ = true;
};

// Return {"operations": [...]} and {"operation": ...}.
json operations(std::vector<json> list);
json operation(json one);

}  // namespace papersail
