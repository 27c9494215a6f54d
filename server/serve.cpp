#include "server/serve.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

#include "handlers/quotas.hpp"
#include "server/http.hpp"
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

constexpr const char* examples = R"(Examples:
  papersail serve
  papersail serve --data ./lightsail --seed-file accounts.jsonl
  papersail serve --port 0 --lifecycle instant --clock 2026-01-01T00:00:00Z --seed 1)";

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

}  // namespace

void add_serve_flags(CLI::App& serve, ServeFlags& flags) {
  serve.footer(examples);
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
  serve
      .add_option("--seed-file", flags.seed_files,
                  "JSON lines of calls that are made at the start; may be given again")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  serve.add_option("--init-dir", flags.init_dir,
                   "Folder of such files (*.jsonl), made first [/etc/papersail/init.d]");
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
  Seeds seeds(seed_files(flags.init_dir, flags.seed_files), accounts, dispatch);
  const Listening where = with_access(flags.where, flags.access);
  const Control control{accounts, dispatch};
  control.server->ready = false;
  HttpServer server(control, where);
  warn_if_open(where, dispatch.auth());
  std::cout << "papersail " << version << " listens on " << server.address() << '\n'
            << announcement(where, server.control_address()) << std::flush;
  Seeding seeding{seeds, server, *control.server};
  server.while_serving([&] { return seeding.go_on(); });
  server.run();
  if (seeding.failure) std::rethrow_exception(seeding.failure);
}

}  // namespace papersail
