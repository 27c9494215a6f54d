// The command line.
#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "handlers/quotas.hpp"
#include "server/access_flags.hpp"
#include "server/control.hpp"
#include "server/dispatch.hpp"
#include "server/http.hpp"
#include "server/log.hpp"

namespace papersail {
namespace {

#ifdef NDEBUG
constexpr bool check_outputs = false;
#else
constexpr bool check_outputs = true;
#endif

struct ServeFlags {
  Listening where;
  AccessFlags access;
  std::string data;
  std::string lifecycle = "fast";
  std::string clock = "real";
  std::optional<std::uint64_t> seed;
  std::string quotas;
  std::string log_level = "info";
  std::string log_format = "text";
};

void add_flags(CLI::App& serve, ServeFlags& flags) {
  serve.add_option("--host", flags.where.host, "Address to listen on")->capture_default_str();
  serve.add_option("--port", flags.where.port, "Port to listen on; 0 picks one")
      ->capture_default_str();
  add_access_flags(serve, flags.access);
  serve.add_option("--data", flags.data, "Folder that keeps the accounts; without it, memory");
  serve
      .add_option("--lifecycle", flags.lifecycle,
                  "How long things take: instant, fast, realistic, or a file")
      ->capture_default_str();
  serve
      .add_option("--clock", flags.clock,
                  "The accounts' time: real, x60 (sixty times as fast), or an instant such as "
                  "2026-01-01T00:00:00Z, where it stands still")
      ->capture_default_str();
  serve.add_option("--seed", flags.seed, "Makes ids, addresses and keys the same in every run");
  serve.add_option(
      "--quotas", flags.quotas,
      "File of what accounts may have, {\"Instance\": 50, \"StaticIp\": null}; without "
      "it, the service's own quotas");
  serve.add_option("--log-level", flags.log_level, "trace, debug, info, warning, error, off")
      ->capture_default_str();
  serve.add_option("--log-format", flags.log_format, "text or json")->capture_default_str();
}

void serve(const ServeFlags& flags) {
  open_log(flags.log_level, flags.log_format);
  Accounts accounts({flags.data, Lifecycle::load(flags.lifecycle), Clock::parse(flags.clock),
                     flags.seed, flags.quotas.empty() ? Quotas() : load_quotas(flags.quotas)});
  Dispatch dispatch(accounts, check_outputs, all_actions(), auth_of(flags.access));
  const Listening where = with_access(flags.where, flags.access);
  HttpServer server({accounts, dispatch}, where);
  warn_if_open(where, dispatch.auth());
  std::cout << "papersail " << version << " listens on " << server.address() << "\n"
            << announcement(where, server.control_address()) << "Ready." << std::endl;
  server.run();
}

// A line an action: "+ GetInstance" works, "- GetDisk" is not there yet.
void print_actions() {
  Accounts accounts({});
  Dispatch dispatch(accounts, false);
  for (const auto& name : dispatch.model().actions()) {
    std::cout << (dispatch.implements(name) ? "+ " : "- ") << name << "\n";
  }
}

int run(int argc, char** argv) {
  CLI::App app("papersail: a local Amazon Lightsail", "papersail");
  app.require_subcommand(1);
  ServeFlags flags;
  CLI::App* serve_command = app.add_subcommand("serve", "Serve the Lightsail API");
  add_flags(*serve_command, flags);
  CLI::App* version_command = app.add_subcommand("version", "Print the version");
  CLI::App* actions_command = app.add_subcommand("actions", "List the actions and which work");
  CLI11_PARSE(app, argc, argv);
  if (*serve_command) serve(flags);
  if (*version_command) std::cout << "papersail " << version << "\n";
  if (*actions_command) print_actions();
  return 0;
}

}  // namespace
}  // namespace papersail

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // who started us may read "Ready." and no further
  try {
    return papersail::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "papersail: " << error.what() << "\n";
    return 1;
  }
}
