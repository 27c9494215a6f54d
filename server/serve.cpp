#include "server/serve.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <string>

#include "handlers/quotas.hpp"
#include "server/accepted_by.hpp"
#include "server/http/server.hpp"
#include "server/log.hpp"
#include "server/seeds.hpp"
#include "server/version.hpp"

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
  papersail serve --port 0 --lifecycle instant --clock 2026-01-01T00:00:00Z --seed 1

The environment variable of an option is in brackets below it. The command line takes precedence.
Separate the values of a repeatable option by commas.)";

constexpr std::string_view in_memory = ":memory:";

// Applies the seeds while the server already serves requests, then sets `ready`. A seed that fails
// stops the server.
struct Seeding {
  Seeds& seeds;
  HttpServer& server;
  ServerState& state;
  std::exception_ptr failure = nullptr;

  // Returns false when all seeds are applied or one has failed.
  bool apply_next() {
    try {
      if (seeds.apply_some()) return true;
      state.ready = true;
      print("Ready.\n");
    } catch (...) {
      failure = std::current_exception();
      server.stop();
    }
    return false;
  }
};

void add_time_flags(CLI::App& serve, ServeFlags& flags) {
  serve
      .add_option("--lifecycle", flags.lifecycle,
                  "Duration of state changes: instant, fast, realistic, or a file")
      ->check(accepted_by([](const std::string& text) { Lifecycle::load(text); }))
      ->capture_default_str();
  serve
      .add_option(
          "--clock", flags.clock,
          "Clock of the accounts: real, x60 (sixty times as fast), or a fixed time such as\n"
          "2026-01-01T00:00:00Z")
      ->check(accepted_by(Clock::parse))
      ->capture_default_str();
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
  serve.add_option("--host", flags.options.host, "Address to listen on")->capture_default_str();
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
  serve
      .add_option(
          "--quotas", flags.quotas,
          "File of quotas, such as {\"Instance\": 50, \"StaticIp\": null}; by default, the\n"
          "quotas of the service apply")
      ->check(accepted_by(load_quotas));
  serve.add_option("--log-level", flags.log_level, "trace, debug, info, warning, error or off")
      ->check(accepted_by(require_log_level))
      ->capture_default_str();
  serve.add_option("--log-format", flags.log_format, "text or json")
      ->check(accepted_by(require_log_format))
      ->capture_default_str();
}

void serve(const ServeFlags& flags) {
  open_log(flags.log_level, flags.log_format);
  for (const auto& notice : flags.notices) log_message(notice);
  for (const auto& warning : flags.warnings) log_warning(warning);
  Accounts accounts({flags.data == in_memory ? "" : flags.data, Lifecycle::load(flags.lifecycle),
                     Clock::parse(flags.clock), flags.seed,
                     flags.quotas.empty() ? Quotas() : load_quotas(flags.quotas)});
  Dispatch dispatch(accounts, check_outputs, all_actions(), auth_of(flags.access));
  Seeds seeds(seed_files(flags.init_dir, flags.seed_files), accounts, dispatch);
  const ServerOptions options = with_access(flags.options, flags.access);
  const Control control{accounts, dispatch};
  control.server->ready = false;
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
