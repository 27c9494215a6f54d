#include "server/serve.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

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

The variable of an option stands below it in brackets. The command line wins. Values of an option
that may be repeated are separated by commas.)";

constexpr std::string_view in_memory = ":memory:";

// What stands between serving and being ready. A seed that fails ends the server.
struct Seeding {
  Seeds& seeds;
  HttpServer& server;
  ServerState& state;
  std::exception_ptr failure = nullptr;

  // False: there is nothing more to do.
  bool go_on() {
    try {
      if (seeds.apply_some()) return true;
      state.ready = true;
      std::cout << "Ready." << std::endl;
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
                  "How long resources take: instant, fast, realistic, or a file")
      ->check(accepted_by([](const std::string& text) { Lifecycle::load(text); }))
      ->capture_default_str();
  serve
      .add_option("--clock", flags.clock,
                  "Time of the accounts: real, x60 (sixty times as fast), or an instant such as\n"
                  "2026-01-01T00:00:00Z at which the clock stands still")
      ->check(accepted_by(Clock::parse))
      ->capture_default_str();
}

void add_seed_flags(CLI::App& serve, ServeFlags& flags) {
  serve.add_option("--seed", flags.seed,
                   "Number from which all ids, addresses, passwords and keys are derived");
  serve
      .add_option("--seed-file", flags.seed_files,
                  "File of calls to make at the start, as JSON lines; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  serve.add_option("--init-dir", flags.init_dir,
                   "Folder of such files (*.jsonl), applied first [/etc/papersail/init.d]");
}

}  // namespace

void add_serve_flags(CLI::App& serve, ServeFlags& flags) {
  serve.footer(notes);
  serve.add_option("--host", flags.options.host, "Address to listen on")->capture_default_str();
  serve.add_option("--port", flags.options.port, "Port to listen on; 0 picks a free one")
      ->check(CLI::Range(0, 65535).description(""))
      ->capture_default_str();
  add_access_flags(serve, flags.access);
  serve
      .add_option("--data", flags.data,
                  "Folder for the accounts' files; :memory: keeps nothing after the end")
      ->capture_default_str();
  add_time_flags(serve, flags);
  add_seed_flags(serve, flags);
  serve
      .add_option(
          "--quotas", flags.quotas,
          "File of quotas, such as {\"Instance\": 50, \"StaticIp\": null}; without it, the\n"
          "service's own")
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
  std::cout << "papersail " << version << " listens on " << server.address() << '\n'
            << announcement(options, server.control_address()) << std::flush;
  Seeding seeding{seeds, server, *control.server};
  server.while_serving([&] { return seeding.go_on(); });
  server.run();
  if (seeding.failure) std::rethrow_exception(seeding.failure);
}

}  // namespace papersail
