// The command clock.
#include "cli/cli.hpp"
#include "cli/duration.hpp"

namespace papersail {
namespace {

ExitCode show(Invocation& invocation) {
  invocation.show(invocation.ask("GET", invocation.in_account("/clock")));
  return exit_ok;
}

ExitCode put(Invocation& invocation, const json& clock) {
  invocation.show(invocation.ask("PUT", invocation.in_account("/clock"), clock.dump()));
  return exit_ok;
}

ExitCode set(Invocation& invocation) {
  return put(invocation, {{"mode", "manual"}, {"now", invocation.text("INSTANT")}});
}

ExitCode stop(Invocation& invocation) {
  return put(invocation, {{"mode", "manual"}});
}

ExitCode run_real(Invocation& invocation) {
  return put(invocation, {{"mode", "real"}});
}

ExitCode run_scaled(Invocation& invocation) {
  std::string factor = invocation.text("FACTOR");
  if (factor.starts_with('x')) factor.erase(0, 1);
  const json scale = json::parse(factor, nullptr, false);
  if (!scale.is_number())
    throw UsageError("invalid factor \"" + factor + "\" (examples: x60, 0.5)");
  return put(invocation, {{"mode", "scaled"}, {"scale", scale}});
}

ExitCode advance(Invocation& invocation) {
  Millis by = 0;
  try {
    by = parse_duration(invocation.text("DURATION"));
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
  json duration = by / 1000;
  if (by % 1000 != 0) duration = static_cast<double>(by) / 1000;
  invocation.show(invocation.ask("POST", invocation.in_account("/clock/advance"),
                                 json({{"seconds", duration}}).dump()));
  return exit_ok;
}

constexpr Command commands[] = {
    {"clock", "Change the time of an account; without a subcommand, show it", "papersail clock",
     show},
    {"clock show", "Show the time of an account", "papersail clock show --json", show},
    {"clock set",
     "Set the clock to an instant and stop it",
     "papersail clock set 2026-01-01T00:00:00Z",
     set,
     {{"INSTANT", "Time in UTC, such as 2026-01-01T00:00:00Z"}}},
    {"clock stop", "Stop the clock where it is", "papersail clock stop", stop},
    {"clock advance",
     "Move the clock ahead; everything due by then happens",
     "papersail clock advance 15m\n  papersail clock advance 1h30m",
     advance,
     {{"DURATION", "Time to add: 45s, 15m, 1h30m, 2d, 1w"}}},
    {"clock real", "Follow the machine's clock again", "papersail clock real", run_real},
    {"clock scale",
     "Let the clock run faster or slower than real time",
     "papersail clock scale x60",
     run_scaled,
     {{"FACTOR", "Speed relative to real time: x60, 0.5"}}},
};

}  // namespace

const std::span<const Command> clock_commands = commands;

}  // namespace papersail
