// The command replay.
#include <cstdlib>
#include <iostream>

#include "cli/cli.hpp"
#include "server/api/sigv4.hpp"
#include "server/seeds.hpp"
#include "state/clock.hpp"
#include "text/time_text.hpp"

namespace papersail {
namespace {

// Returns the headers of a call, signed with the account's number as the access key id, for servers
// with --auth strict.
Headers headers_of(const SeedCall& call, const Endpoint& endpoint) {
  constexpr std::string_view names = "host;x-amz-date;x-amz-target";
  const std::string host = endpoint.host + ':' + endpoint.port,
                    date = utc_text(Clock::real().now(), basic_iso_format),
                    target = "Lightsail_20161128." + call.action;
  const std::string credential = call.scope.account + '/' + date.substr(0, 8) + '/' +
                                 call.scope.region + "/lightsail/aws4_request";
  const sigv4::Header headers[] = {{"host", host}, {"x-amz-date", date}, {"x-amz-target", target}};
  const char* secret = std::getenv("AWS_SECRET_ACCESS_KEY");
  const std::string signature =
      sigv4::signature(secret ? secret : "test", *sigv4::parse_credential(credential), date,
                       sigv4::canonical_request({"POST", "/", headers, call.input}, names));
  return {{"Content-Type", "application/x-amz-json-1.1"},
          {"X-Amz-Date", date},
          {"X-Amz-Target", target},
          {"Authorization", "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" +
                                std::string(names) + ", Signature=" + signature}};
}

ExitCode replay(Invocation& invocation) {
  SeedLines lines({invocation.text("FILE")});
  std::size_t made = 0, refused = 0;
  while (const auto call = lines.next()) {
    const Reply reply = invocation.client().ask("POST", "/", call->input,
                                                headers_of(*call, invocation.client().endpoint()));
    if (reply.status < 400) {
      ++made;
      continue;
    }
    const std::string what = lines.place() + ": " + call->action + ": " + error_text(reply.body);
    if (!invocation.has("--keep-going")) throw std::runtime_error(what);
    std::cerr << "papersail: " << what << '\n';
    ++refused;
  }
  if (invocation.settings.as_json) invocation.show({{"made", made}, {"refused", refused}});
  invocation.say(std::to_string(made) + " calls made, " + std::to_string(refused) + " refused.");
  return refused == 0 ? exit_ok : exit_failed;
}

constexpr Command commands[] = {
    {"replay",
     "Make the calls of a file, in order",
     "papersail replay calls.jsonl",
     replay,
     {{"FILE", "File of JSON lines, as for serve --seed-file and as written by export"},
      {"--keep-going", "Continue after a call that the server refuses; the exit code is then 1"}}},
};

}  // namespace

const std::span<const Command> replay_commands = commands;

}  // namespace papersail
