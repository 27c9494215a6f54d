#include "server/serve.hpp"

#include <arpa/inet.h>

#include <CLI/CLI.hpp>

#include <exception>
#include <optional>
#include <string>

#include "handlers/quotas.hpp"
#include "server/flag_values.hpp"
#include "server/http/server.hpp"
#include "server/log.hpp"
#include "server/observers/observers.hpp"
#include "server/seeds.hpp"
#include "server/version.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

#ifdef NDEBUG
constexpr bool check_outputs = false;
#else
constexpr bool check_outputs = true;
#endif

constexpr const char* notes = R"(Examples:
  papersail serve
  papersail serve --data ./lightsail --seed-file accounts.jsonl
  papersail serve --lifecycle instant --clock 2026-01-01T00:00:00Z --seed 1

The variable of an option is in brackets; the command line takes precedence.
Separate the values of a repeatable option by commas.)";

constexpr std::string_view in_memory = ":memory:";
constexpr const char* default_lifecycle = "fast";

// Applies the seeds while the server already serves requests, then sets `ready`. A seed that fails
// stops the server.
struct Seeding {
  Seeds& seeds;
  HttpServer& server;
  ServerState& state;
  std::exception_ptr failure = nullptr;
  std::optional<Progress> progress{"seeds"};

  // Returns false when all seeds are applied or one has failed.
  bool apply_next() {
    try {
      const bool more = seeds.apply_some();
      progress->show(0, 0, std::to_string(seeds.done()) + " lines");
      if (more) return true;
      progress.reset();
      state.ready = true;
      print("Ready.\n");
    } catch (...) {
      failure = std::current_exception();
      progress.reset();
      server.stop();
    }
    return false;
  }
};

// Throws std::invalid_argument for the name of a host, which may have several addresses.
void require_address(const std::string& host) {
  unsigned char address[sizeof(in6_addr)];
  const std::string plain = host.substr(0, host.find('%'));  // fe80::1%eth0
  if (inet_pton(AF_INET, plain.c_str(), address) == 1) return;
  if (inet_pton(AF_INET6, plain.c_str(), address) == 1) return;
  throw std::invalid_argument(host +
                              " is not an IP address, such as 127.0.0.1, ::1, or 0.0.0.0 for all "
                              "addresses of this machine");
}

void add_time_flags(CLI::App& serve, ServeFlags& flags) {
  add_parsed(
      serve, "--lifecycle", flags.lifecycle,
      [](const std::string& profile) { return Lifecycle::load(profile); },
      "Duration of state changes: instant, fast, realistic, or a file", default_lifecycle);
  add_parsed(serve, "--clock", flags.clock, Clock::parse,
             "Clock of the accounts: real, x60 (sixty times as fast), or a fixed time such as\n"
             "2026-01-01T00:00:00Z",
             "real");
}

void add_seed_flags(CLI::App& serve, ServeFlags& flags) {
  serve.add_option("--seed", flags.seed,
                   "Number from which all ids, addresses, passwords and keys are derived");
  serve
      .add_option("--seed-file", flags.seed_files,
                  "File of calls to apply at startup, in JSON Lines; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  serve.add_option("--init-dir", flags.init_dir,
                   "Folder of seed files (*.jsonl), applied first [/etc/papersail/init.d]");
}

}  // namespace

void add_serve_flags(CLI::App& serve, ServeFlags& flags) {
  serve.footer(notes);
  serve.add_option("--host", flags.options.host, "Address to listen on")
      ->check(accepted_by(require_address))
      ->capture_default_str();
  serve.add_option("--port", flags.options.port, "Port to listen on; 0 selects a free port")
      ->check(CLI::Range(0, 65535).description(""))
      ->capture_default_str();
  add_access_flags(serve, flags.access);
  serve
      .add_option("--data", flags.data,
                  "Folder for the accounts' files; :memory: keeps all data in memory only")
      ->capture_default_str();
  add_time_flags(serve, flags);
  add_seed_flags(serve, flags);
  add_parsed(serve, "--quotas", flags.quotas, load_quotas,
             "File of quotas, such as {\"Instance\": 50, \"StaticIp\": null}; by default, the\n"
             "quotas of the service apply");
  add_parsed(serve, "--log-level", flags.log_level, log_level_of,
             "trace, debug, info, warning, error or off", "info");
  add_parsed(serve, "--log-format", flags.log_format, log_format_of, "text or json", "text");
}

void serve(const ServeFlags& flags) {
  open_log(flags.log_level, flags.log_format);
  for (const auto& notice : flags.notices) log_message(notice);
  for (const auto& warning : flags.warnings) log_warning(warning);
  Accounts accounts({flags.data == in_memory ? "" : flags.data,
                     flags.lifecycle ? *flags.lifecycle : Lifecycle::load(default_lifecycle),
                     flags.clock, flags.seed, flags.quotas});
  Dispatch dispatch(accounts, check_outputs, all_actions(), auth_of(flags.access));
  Seeds seeds(seed_files(flags.init_dir, flags.seed_files), accounts, dispatch);
  const ServerOptions options = with_access(flags.options, flags.access);
  const Control control{accounts, dispatch};
  control.server->ready = false;
  for (const std::string& id : accounts.ids()) {
    dispatch.observers().recorder.exports().mark_lost(id);
  }
  HttpServer server(control, options);
  warn_if_open(options, dispatch.auth());
  print("papersail " + std::string(version) + " listens on " + server.address() + '\n' +
        announcement(options, server.control_address()));
  Seeding seeding{seeds, server, *control.server};
  server.while_serving([&] { return seeding.apply_next(); });
  server.run();
  if (seeding.failure) std::rethrow_exception(seeding.failure);
}

}  // namespace papersail
