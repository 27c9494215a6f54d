// The command replay.
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "cli/command.hpp"
#include "cli/signed_request.hpp"
#include "cli/table.hpp"
#include "server/seeds.hpp"
#include "text/terminal.hpp"

namespace papersail {
namespace {

// Makes the call, signed with the account's number as the access key id for servers with --auth
// strict, or sends the request of the control API.
Reply send(Invocation& invocation, const SeedCall& call) {
  Client& client = invocation.client();
  if (const auto request = control_request_of(call)) {
    return client.ask(request->method, request->target, request->body, invocation.headers());
  }
  const char* secret = std::getenv("AWS_SECRET_ACCESS_KEY");
  const Credentials credentials = {call.scope.account, secret ? secret : "test", ""};
  return client.ask(
      "POST", "/", call.input,
      signed_headers(client.endpoint(), credentials, call.scope.region, call.action, call.input));
}

std::uintmax_t size_of(const std::string& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? 0 : size;
}

ExitCode replay(Invocation& invocation) {
  const std::string file = invocation.text("FILE");
  SeedLines lines({file});
  Progress progress("replay");
  std::size_t made = 0, refused = 0;
  while (const auto call = lines.next()) {
    progress.show(lines.bytes_read(), size_of(file), number_of(made + refused, "line"));
    const Reply reply = send(invocation, *call);
    if (reply.status < 400) {
      ++made;
      continue;
    }
    const std::string what = lines.place() + ": " + call->action + ": " + error_text(reply.body);
    if (!invocation.has("--keep-going")) throw std::runtime_error(what);
    std::cerr << "papersail: " << what << '\n';
    ++refused;
  }
  invocation.tell(number_of(made, "call") + " made, " + std::to_string(refused) + " refused.",
                  {{"made", made}, {"refused", refused}});
  return refused == 0 ? exit_ok : exit_failed;
}

constexpr Command commands[] = {
    {"replay",
     "Make the calls of a file, in order",
     "papersail replay calls.jsonl\n  zcat calls.jsonl.gz | papersail replay -",
     replay,
     {{"FILE", "JSON lines, as for serve --seed-file and as written by export; - reads the input",
       ValueKind::file},
      {"--keep-going", "Continue after a call that the server refuses; the exit code is then 1"}}},
};

}  // namespace

const std::span<const Command> replay_commands = commands;

}  // namespace papersail
