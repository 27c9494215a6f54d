// The command clock.
#include <algorithm>

#include "cli/clock_text.hpp"
#include "cli/command.hpp"
#include "cli/duration.hpp"
#include "text/terminal.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

ExitCode show(const Invocation& invocation, const Reply& reply) {
  const json clock = parse_json(reply.body);
  invocation.tell(clock_sentence(clock), clock);
  return exit_ok;
}

ExitCode show(Invocation& invocation) {
  return show(invocation, invocation.ask("GET", invocation.in_account("/clock")));
}

ExitCode put(Invocation& invocation, const json& clock) {
  return show(invocation, invocation.ask("PUT", invocation.in_account("/clock"), clock.dump()));
}

ExitCode set(Invocation& invocation) {
  const std::string instant = invocation.text("INSTANT");
  if (!instant_of(instant)) {
    throw UsageError("INSTANT must be a time in UTC such as 2026-01-01T00:00:00Z, not " + instant);
  }
  return put(invocation, {{"mode", "manual"}, {"now", instant}});
}

ExitCode stop(Invocation& invocation) {
  return put(invocation, {{"mode", "manual"}});
}

ExitCode run_real(Invocation& invocation) try {
  return put(invocation, {{"mode", "real"}});
} catch (const ServerRefusal& refusal) {
  if (refusal.status != 409) throw;
  throw ServerRefusal(
      409, std::string(refusal.what()) + " To let time run on from here: papersail clock scale 1");
}

ExitCode run_scaled(Invocation& invocation) {
  std::string factor = invocation.text("FACTOR");
  if (factor.starts_with('x')) factor.erase(0, 1);
  const json scale = try_parse_json(factor);
  if (!scale.is_number()) {
    throw UsageError("invalid factor \"" + factor + "\" (examples: x60, 0.5)");
  }
  return put(invocation, {{"mode", "scaled"}, {"scale", scale}});
}

json in_seconds(Millis time) {
  return time % 1000 == 0 ? json(time / 1000) : json(static_cast<double>(time) / 1000);
}

// Advances the clock. The server limits what may happen in one step: takes smaller steps then.
Reply advance_by(Invocation& invocation, Millis by) {
  Progress progress("clock advance");
  Millis done = 0, step = by;
  while (true) {
    try {
      const json body = {{"seconds", in_seconds(std::min(step, by - done))}};
      Reply reply = invocation.ask("POST", invocation.in_account("/clock/advance"), body.dump());
      done += std::min(step, by - done);
      if (done >= by) return reply;
    } catch (const ServerRefusal& refusal) {
      if (refusal.status != 409 || step < seconds(1)) throw;
      step /= 8;
    }
    progress.show(static_cast<std::uintmax_t>(done), static_cast<std::uintmax_t>(by),
                  std::to_string(done / days(1)) + " of " + std::to_string(by / days(1)) + " days");
  }
}

ExitCode advance(Invocation& invocation) {
  return show(invocation, advance_by(invocation, parse_duration(invocation.text("DURATION"))));
}

constexpr Command commands[] = {
    {"clock", "Change the time of an account; without a subcommand, show it", "papersail clock",
     show},
    {"clock show", "Show the time of an account", "papersail clock show --json", show},
    {"clock set",
     "Set the clock to an instant and stop it",
     "papersail clock set 2026-01-01T00:00:00Z",
     set,
     {{"INSTANT", "Time in UTC, such as 2026-01-01T00:00:00Z", ValueKind::none, "now"}}},
    {"clock stop", "Stop the clock where it is", "papersail clock stop", stop},
    {"clock advance",
     "Move the clock ahead; everything due by then happens",
     "papersail clock advance 15m\n  papersail clock advance 1h30m",
     advance,
     {{"DURATION", "Time to add: 45s, 15m, 1h30m, 2d, 1w", ValueKind::none, "seconds"}}},
    {"clock real", "Follow the machine's clock again", "papersail clock real", run_real},
    {"clock scale",
     "Let the clock run faster or slower than real time",
     "papersail clock scale x60",
     run_scaled,
     {{"FACTOR", "Speed relative to real time: x60, 0.5", ValueKind::none, "scale"}}},
};

}  // namespace

const std::span<const Command> clock_commands = commands;

}  // namespace papersail
