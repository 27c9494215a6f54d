// One request on its way, and the words that handlers are written in.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "state/account.hpp"
#include "state/error.hpp"
#include "state/resource.hpp"
#include "text/json.hpp"
#include "text/time.hpp"

namespace papersail {

// A call from a client. `in` fits the input shape of its action: required members are there and
// all have their type, so `in["x"]` is safe for required members and `in.value` for the others.
class Call {
 public:
  Call(Account& account, std::string region, const json& input, Millis now)
      : account(account), store(account.store), region(std::move(region)), in(input), now_(now) {}

  Account& account;
  Store& store;
  const std::string region;
  const json& in;
  // Set: its operations end Failed, with this code and these details.
  const Outcome* failing = nullptr;

  Millis now() const {
    timeless_ = false;
    return now_;
  }
  Ids& ids() {
    timeless_ = false;
    return store.ids();
  }
  // Whether the same call would say the same at any other time, as far as the store is the same: it
  // has asked for `now` and `ids` here and nowhere else.
  bool is_timeless() const { return timeless_; }
  // An optional string member; "" when it is absent.
  std::string text(const char* member) const { return in.value(member, ""); }
  bool flag(const char* member) const { return in.value(member, false); }

  // --- resources ---

  // A new resource of this region with what all have: name, arn, createdAt, location, resourceType,
  // and the tags that the input brings. Not stored yet. `native_id` is the part of the support
  // code behind the slash. Throws invalid_input for a name that the service refuses.
  Resource new_resource(const std::string& type, const std::string& name,
                        const std::string& availability_zone, const std::string& native_id);
  void create(Resource& resource) { store.create(resource, now_); }
  void put(const Resource& resource) { store.put(resource, now_); }
  // The resource of this region, or throws not_found.
  Resource get(const std::string& type, const std::string& name) {
    return store.get(region, type, name);
  }
  // Its document, ready to be spliced into the answer; throws not_found.
  json show(const std::string& type, const std::string& name);
  // A page of a type's documents: {member: [...], "nextPageToken"?}.
  json show_list(const std::string& type, const char* member);
  // Throws invalid_input "NameExists" if any of the names is in use in this region.
  void require_free(const std::vector<std::string>& names);

  // --- operations ---

  // Stores an operation on the resource that lasts until the resource comes to rest, or is over
  // at once if it rests already. `details` is left out when there is none.
  json started(const char* type, const Resource& resource,
               const std::optional<std::string>& details = std::nullopt);
  // The same, over at once.
  json succeeded(const char* type, const Resource& resource,
                 const std::optional<std::string>& details = std::nullopt);
  // The same, over after `time`, whatever the resource's state does.
  json lasting(const char* type, const Resource& resource, Millis time,
               const std::optional<std::string>& details = std::nullopt);

  // What joins or parts two resources: an operation on each, with the other's name as details. Both
  // last until the first comes to rest, so they are over at once if it has no states.
  std::vector<json> started_pair(const char* type, const Resource& first, const Resource& second);

 private:
  json operation(const char* type, const Resource& resource,
                 const std::optional<std::string>& details, const Outcome& outcome);

  const Millis now_;
  mutable bool timeless_ = true;
};

// Answers: {"operations": [...]} and {"operation": ...}.
json operations(std::vector<json> list);
json operation(json one);

// {member: [...], "nextPageToken"?}
json page_answer(const char* member, Page page);

}  // namespace papersail
