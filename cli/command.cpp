#include "cli/command.hpp"

namespace papersail {
namespace {

constexpr OptionValues common[] = {
    {"--endpoint", "URL"},
    {"--account", "ID", ValueKind::account},
    {"--region", "NAME", ValueKind::region},
    {"--control-token", "TOKEN"},
    {"--json", ""},
};

constexpr OptionValues of_serve[] = {
    {"--host", "ADDRESS"},
    {"--port", "N"},
    {"--auth", "MODE", ValueKind::mode},
    {"--credentials", "FILE", ValueKind::file},
    {"--control-token", "TOKEN"},
    {"--control-port", "N"},
    {"--cors-origin", "ORIGIN"},
    {"--tls-cert", "FILE", ValueKind::file},
    {"--tls-key", "FILE", ValueKind::file},
    {"--tls-cert-out", "FILE", ValueKind::file},
    {"--max-connections", "N"},
    {"--data", "DIR", ValueKind::folder},
    {"--lifecycle", "PROFILE", ValueKind::lifecycle},
    {"--clock", "CLOCK"},
    {"--seed", "N"},
    {"--seed-file", "FILE", ValueKind::file},
    {"--init-dir", "DIR", ValueKind::folder},
    {"--quotas", "FILE", ValueKind::file},
    {"--log-level", "LEVEL", ValueKind::level},
    {"--log-format", "FORMAT", ValueKind::format},
};

}  // namespace

const std::span<const OptionValues> common_options = common;
const std::span<const OptionValues> serve_options = of_serve;

std::string name_of(const Argument& argument) {
  const std::string_view form = argument.form;
  const std::string_view word = form.substr(0, form.find(' '));
  return std::string(word.starts_with('[') ? word.substr(1, word.size() - 2) : word);
}

bool is_switch(const Argument& argument) {
  const std::string_view form = argument.form;
  return form.starts_with('-') && form.find(' ') == std::string_view::npos;
}

std::vector<Command> all_commands() {
  std::vector<Command> out;
  for (const auto family : {server_commands, doctor_commands, account_commands, checkpoint_commands,
                            clock_commands, lifecycle_commands, fault_commands, request_commands,
                            export_commands, replay_commands, local_commands}) {
    out.insert(out.end(), family.begin(), family.end());
  }
  return out;
}

}  // namespace papersail
