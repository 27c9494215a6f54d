#include "handlers/instances/health.hpp"

#include "handlers/instances/instances.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

json health(const char* status, const char* reachability) {
  return {{"status", status},
          {"details", json::array({{{"name", "reachability"}, {"status", reachability}}})}};
}

json health_of(const Call& call, const Resource& instance) {
  if (state_of(instance) != "running") {
    return {{"status", "not-applicable"}, {"details", json::array()}};
  }
  const Lifecycle& lifecycle = call.store.lifecycle();
  const Millis checked = instance.internal.at("startedAt").get<Millis>() +
                         lifecycle.final_outcome(type::instance, instance.name, "pending").after +
                         lifecycle.delay("instance-health-check");
  return call.now() < checked ? health("initializing", "initializing") : health("ok", "passed");
}

}  // namespace

Document with_health(const Call& call, const Resource& instance) {
  const json health = health_of(call, instance);
  Document out = instance.doc;
  out.set("instanceStatus", health);
  out.set("systemStatus", health);
  return out;
}

}  // namespace papersail
