// StartGUISession, StopGUISession, CreateGUISessionAccessDetails: the graphical desktops of
// Lightsail for Research.
#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/metrics/runs.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

constexpr Millis session_lasts = hours(1);  // documented

// The status and progress of a session, in the values of the API.
struct Status {
  std::string name;
  int percentage = 100;
};

Resource research_instance(Call& call) {
  Resource out = call.get(type::instance, call.in["resourceName"]);
  if (blueprint(out.doc.at("blueprintId")).value("appCategory", "") != "LfR") {
    throw invalid_input("The instance " + out.name +
                        " has no graphical user interface. GUI sessions are for Lightsail for "
                        "Research instances only.");
  }
  return out;
}

// Returns the elapsed part of [from, ready) at `now` in percent, at most 99.
int percentage_of(Millis from, Millis ready, Millis now) {
  return ready > from ? static_cast<int>(std::min<Millis>(99, 100 * (now - from) / (ready - from)))
                      : 99;
}

Status booting(const Call& call, const Resource& instance) {
  const Millis from = started_at(instance);
  const Millis boot =
      call.store.lifecycle().final_outcome(instance.type, instance.name, "pending").after;
  return {"settingUpInstance", percentage_of(from, from + boot, call.now())};
}

// A session is internal["guiSession"]: {"wanted": "started" or "stopped", "from", "ready"}. Its
// status follows from the time. A stop of the instance ends the session.
Status status_of_session(const Call& call, const Resource& instance) {
  const std::string state = state_of(instance);
  if (state == "pending") return booting(call, instance);
  if (state == "terminated") return {"failedInstanceCreation", 0};
  if (state != "running") return {"stopped"};
  const json session = instance.internal.value("guiSession", json());
  if (session.is_null() || session.at("from") < started_at(instance)) return {"notStarted", 0};
  const Millis from = session.at("from"), ready = session.at("ready");
  const bool start = session.at("wanted") == "started";
  if (call.now() < ready) {
    return {start ? "starting" : "stopping", percentage_of(from, ready, call.now())};
  }
  if (!start) return {"stopped"};
  return {call.now() < ready + session_lasts ? "started" : "startExpired"};
}

// Of the exceptions in the model for these actions, invalid_input is the one that fits a wrong
// state.
[[noreturn]] void refuse(const char* verb, const Status& status) {
  throw invalid_input(
      std::string("You can't ") + verb +
      " the GUI session right now. The current status of your session is: " + status.name);
}

json changed(Call& call, Resource& instance, const char* wanted, Millis takes) {
  instance.internal["guiSession"] = {
      {"wanted", wanted}, {"from", call.now()}, {"ready", call.now() + takes}};
  call.put(instance);
  return operations({call.lasting(instance, takes)});
}

// Documented: also resumes an expired session. An open session is extended by an hour.
json start_gui_session(Call& call) {
  Resource instance = research_instance(call);
  const Status status = status_of_session(call, instance);
  if (state_of(instance) != "running" || status.name == "starting" || status.name == "stopping") {
    refuse("start", status);
  }
  const Millis takes = call.store.lifecycle().delay("gui-session-start");
  return changed(call, instance, "started", status.name == "started" ? 0 : takes);
}

json stop_gui_session(Call& call) {
  Resource instance = research_instance(call);
  const Status status = status_of_session(call, instance);
  if (status.name != "started" && status.name != "startExpired") refuse("stop", status);
  return changed(call, instance, "stopped", call.store.lifecycle().delay("gui-session-stop"));
}

// Returns the URL of the desktop's web server with an access key that is new in each response.
json session(Call& call, const Resource& instance, const std::string& name, bool primary) {
  const std::string key =
      call.ids().characters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 86);
  const std::string host = instance.doc.at("publicIpAddress");
  return {{"name", name},
          {"url", "https://" + host + ":8443/?authToken=" + key + "#" + (primary ? "app" : "os")},
          {"isPrimary", primary}};
}

// Documented: the primary session shows the application, the secondary one the operating system.
json sessions(Call& call, const Resource& instance) {
  return json::array({session(call, instance, instance.doc.at("blueprintName"), true),
                      session(call, instance, "Operating system", false)});
}

json create_gui_session_access_details(Call& call) {
  const Resource instance = research_instance(call);
  const Status status = status_of_session(call, instance);
  json out = {{"resourceName", instance.name},
              {"status", status.name},
              {"percentageComplete", status.percentage},
              {"sessions", json::array()}};
  if (status.name == "started") out["sessions"] = sessions(call, instance);
  if (status.name == "failedInstanceCreation") {
    out["failureReason"] = "The instance could not be created.";
  }
  return out;
}

constexpr Action actions[] = {
    {"CreateGUISessionAccessDetails", create_gui_session_access_details},
    {"StartGUISession", start_gui_session},
    {"StopGUISession", stop_gui_session},
};

}  // namespace

const std::span<const Action> gui_session_actions = actions;

}  // namespace papersail
