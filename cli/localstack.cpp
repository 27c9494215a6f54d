#include "cli/localstack.hpp"

namespace papersail {
namespace {

std::string value_of(const Variables& variables, const char* name) {
  const auto found = variables.find(name);
  return found == variables.end() ? "" : found->second;
}

// Many programs read DEBUG, with other values: only 1 and true count here.
bool is_on(const Variables& variables, const char* name) {
  const std::string value = value_of(variables, name);
  return value == "1" || value == "true";
}

// Parses a list of addresses, "0.0.0.0:4566,0.0.0.0:443"; papersail listens on the first. Host or
// port may be missing. An IPv6 address is in brackets.
void add_listen(std::vector<Setting>& out, std::string address) {
  constexpr const char* variable = "GATEWAY_LISTEN";
  address.resize(std::min(address.size(), address.find(',')));
  const std::size_t colon = address.rfind(':'), bracket = address.rfind(']');
  const bool has_port =
      colon != std::string::npos && (bracket == std::string::npos || bracket < colon);
  std::string host = address.substr(0, has_port ? colon : std::string::npos);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (!host.empty()) out.push_back({"host", host, variable});
  if (has_port && colon + 1 < address.size()) {
    out.push_back({"port", address.substr(colon + 1), variable});
  }
}

}  // namespace

std::vector<Setting> localstack_settings(const Variables& variables) {
  std::vector<Setting> out;
  add_listen(out, value_of(variables, "GATEWAY_LISTEN"));
  if (is_on(variables, "PERSISTENCE")) out.push_back({"data", "papersail-data", "PERSISTENCE"});
  if (is_on(variables, "DEBUG")) out.push_back({"log-level", "debug", "DEBUG"});
  return out;
}

}  // namespace papersail
