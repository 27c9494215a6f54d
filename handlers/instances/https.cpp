// SetupInstanceHttps, GetSetupHistory.
#include <algorithm>

#include "fixtures/fixtures.hpp"
#include "handlers/actions.hpp"
#include "handlers/catalog.hpp"
#include "handlers/instances/instances.hpp"
#include "handlers/refusals.hpp"
#include "handlers/types.hpp"

namespace papersail {
namespace {

constexpr std::size_t most_remembered = 5;      // documented
constexpr std::size_t longest_short_name = 63;  // limit of a certificate's common name
constexpr int https_port = 443;

const json& script() {
  static const json file = parse_json(*fixture("https-setup.json"));
  return file;
}

bool is_https_open(const json& ports) {
  return std::any_of(ports.begin(), ports.end(), [](const json& rule) {
    const bool tcp = rule.at("protocol") == "tcp" || rule.at("protocol") == "-1";
    return tcp && rule.at("fromPort") <= https_port && rule.at("toPort") >= https_port;
  });
}

// Documented: at least one name must fit the certificate's common name.
void require_short_name(const json& domain_names) {
  const auto fits = [](const json& name) {
    return name.get_ref<const std::string&>().size() <= longest_short_name;
  };
  if (std::any_of(domain_names.begin(), domain_names.end(), fits)) return;
  throw invalid_input("At least one domain name must be 63 characters long or shorter.");
}

// The model has no exception for a wrong state here. The messages are papersail's own, except the
// last sentence of the second, on which Terraform waits and retries.
void require_ready(const Call& call, const Resource& instance, const json& setups) {
  const std::string cannot = "HTTPS cannot be set up on the instance " + instance.name + ": ";
  if (state_of(instance) != "running") {
    throw invalid_input(cannot + "it must be running, and is " + state_of(instance) + ".");
  }
  if (!setups.empty() && call.now() < setups.back().at("until")) {
    throw invalid_input(cannot +
                        "another setup is in progress. Please wait for it to complete before "
                        "trying again.");
  }
  const json& made_from = blueprint(instance.doc.at("blueprintId"));
  if (is_windows(instance) || made_from.at("type") != "app") {
    throw invalid_input(cannot + "its blueprint " + made_from.at("blueprintId").get<std::string>() +
                        " has no HTTP server.");
  }
  if (!is_https_open(instance.doc.at("networking").at("ports"))) {
    throw invalid_input(cannot + "its firewall must let port 443 in.");
  }
}

// Returns internal["httpsSetups"], the setups of the instance, oldest first. Their progress follows
// from the time.
json setups_of(const Resource& instance) {
  return instance.internal.value("httpsSetups", json::array());
}

json setup_instance_https(Call& call) {
  Resource instance = instance_of(call);
  json setups = setups_of(instance);
  require_short_name(call.in["domainNames"]);
  require_distinct("domain name", call.in["domainNames"]);
  require_ready(call, instance, setups);
  const Millis takes = call.store.lifecycle().delay("instance-https-setup");
  const json operation = parse_all(call.lasting(instance, takes));
  setups.push_back({{"operationId", operation.at("id")},
                    {"domainNames", call.in["domainNames"]},
                    {"emailAddress", call.in["emailAddress"]},
                    {"from", call.now()},
                    {"until", call.now() + takes}});
  if (setups.size() > most_remembered) setups.erase(setups.begin());
  instance.internal["httpsSetups"] = std::move(setups);
  call.put(instance);
  return operations({operation});
}

std::string replaced(std::string text, const std::string& slot, const std::string& value) {
  for (auto at = text.find(slot); at != text.npos; at = text.find(slot, at + value.size())) {
    text.replace(at, slot.size(), value);
  }
  return text;
}

std::string command_of(const json& step, const json& setup) {
  std::string domains;
  for (const json& name : setup.at("domainNames")) {
    domains += (domains.empty() ? "" : ",") + name.get<std::string>();
  }
  return replaced(replaced(step.at("command"), "{domains}", domains), "{email}",
                  setup.at("emailAddress"));
}

json step_shown(const json& step, const json& setup, Millis begin, bool over) {
  return {{"name", step.at("name")},
          {"command", command_of(step, setup)},
          {"dateTime", timestamp(begin)},
          {"status", over ? "succeeded" : "inProgress"},
          {"standardOutput", over ? step.at("standardOutput") : json("")},
          {"standardError", ""},
          {"version", script().at("version")}};
}

// Returns the steps that have begun.
json steps_shown(const json& setup, Millis now) {
  const Millis from = setup.at("from"), whole = setup.at("until").get<Millis>() - from;
  json out = json::array();
  double done = 0;
  for (const json& step : script().at("steps")) {
    const Millis begin = from + static_cast<Millis>(done * static_cast<double>(whole));
    done += step.at("share").get<double>();
    const Millis end = from + static_cast<Millis>(done * static_cast<double>(whole));
    if (now >= begin) out.push_back(step_shown(step, setup, begin, now >= end));
  }
  return out;
}

json setup_shown(const Resource& instance, const json& setup, Millis now) {
  json resource = json::object();
  for (const char* member : {"name", "arn", "createdAt", "location", "resourceType"}) {
    resource[member] = instance.doc.at(member);
  }
  return {{"operationId", setup.at("operationId")},
          {"request",
           {{"instanceName", instance.name},
            {"domainNames", setup.at("domainNames")},
            {"certificateProvider", "LetsEncrypt"}}},  // the only provider
          {"resource", std::move(resource)},
          {"executionDetails", steps_shown(setup, now)},
          {"status", now < setup.at("until") ? "inProgress" : "succeeded"}};
}

// Newest first. The stored setups fit one page.
json get_setup_history(Call& call) {
  const Resource instance = call.get(type::instance, call.in["resourceName"]);
  std::vector<json> out;
  for (const json& setup : setups_of(instance)) {
    out.insert(out.begin(), setup_shown(instance, setup, call.now()));
  }
  return single_page(call, "setupHistory", std::move(out));
}

constexpr Action actions[] = {
    {"GetSetupHistory", get_setup_history},
    {"SetupInstanceHttps", setup_instance_https},
};

}  // namespace

const std::span<const Action> instance_https_actions = actions;

}  // namespace papersail
