// Errors of the command line name a cure.
#include "cli/similar.hpp"

#include <sstream>

#include "cli/help.hpp"
#include "tests/support/command_server.hpp"

namespace papersail {
namespace {

std::string errors(const std::vector<std::string>& arguments) {
  const Ran ran = run(arguments);
  CHECK(ran.code == exit_usage);
  return ran.errors;
}

}  // namespace

TEST_CASE("similar: returns the word that is meant, or none") {
  CHECK(similar("lifecyle", {"data", "lifecycle"}) == "lifecycle");
  CHECK(similar("adva", {"advance", "add"}) == "advance");
  CHECK(similar("xyz", {"advance", "add"}) == "");
  CHECK(similar("CreateInstance", {"CreateInstances", "GetInstance"}) == "CreateInstances");
}

TEST_CASE("papersail: suggests a similar option, command, profile, action or exception") {
  CHECK(errors({"serve", "--lifecyle", "fast"}) ==
        "papersail: unknown option --lifecyle; did you mean --lifecycle? (papersail serve "
        "--help)\n");
  CHECK(errors({"fault", "add", "*", "--reset", "--tims", "2"}) ==
        "papersail: unknown option --tims; did you mean --times? (papersail fault add --help)\n");
  CHECK(errors({"clock", "sett"}) ==
        "papersail: unknown command clock sett; did you mean set? (papersail clock --help)\n");
  CHECK(errors({"--acount", "1", "status"})
            .starts_with("papersail: unknown option --acount; did you mean --account?"));
  CHECK(errors({"lifecycle", "set", "instan"}) ==
        "papersail: instan is neither a profile nor a readable file; did you mean instant? "
        "(profiles: fast, instant, realistic) (papersail lifecycle set --help)\n");
  CHECK(has(errors({"fault", "add", "*", "--error", "ThrotlingException"}),
            "did you mean ThrottlingException?"));
  const CommandServer server;
  CHECK(has(server.ask({"fault", "add", "CreateInstance", "--reset"}).errors,
            "there is no action CreateInstance; did you mean CreateInstances?"));
}

TEST_CASE("papersail: says which values an option takes") {
  CHECK(errors({"serve", "--seed", "abc"}) ==
        "papersail: --seed must be a number, not abc (papersail serve --help)\n");
  CHECK(has(errors({"serve", "--port", "99999"}), "--port: Value 99999 not in range 0 to 65535"));
  CHECK(has(errors({"fault", "add", "*", "--latency", "soon"}),
            "--latency must be a time or a range, such as 200ms, 1s or 100ms-500ms, not soon"));
  CHECK(has(errors({"fault", "add", "*", "--error", "ServiceException", "--latency", "5"}),
            "a fault has one effect only, not --error and --latency"));
  CHECK(has(errors({"fault", "add", "*", "--latency", "5", "--once-done"}),
            "--once-done goes with --error or --reset only"));
  CHECK(has(errors({"restore", "a", "b"}), "unexpected argument: b"));
}

TEST_CASE("papersail: names the flag, not the member of the control API, that the server refuses") {
  const CommandServer server;
  const auto refused = [&](std::vector<std::string> arguments) {
    const Ran ran = server.ask(std::move(arguments));
    CHECK(ran.code == exit_failed);
    return ran.errors;
  };
  CHECK(has(refused({"fault", "add", "*", "--rate", "0"}), "papersail: --rate must be at least"));
  CHECK(has(refused({"fault", "add", "*", "--rate", "1", "--burst", "0"}), "--burst must be at"));
  CHECK(has(refused({"clock", "scale", "0"}), "FACTOR must be at least"));
  CHECK(has(refused({"clock", "advance", "36501d"}), "DURATION must be at least"));
  CHECK(has(refused({"restore", "none"}), "There is no checkpoint \"none\"."));
}

TEST_CASE("papersail: prints the commands in groups without arguments and for help") {
  const Ran bare = run({});
  CHECK(bare.code == exit_usage);
  CHECK(bare.output == "");
  CHECK(has(bare.errors, "\nServer:\n  serve "));
  CHECK(has(bare.errors, "\nTime and failures:\n  clock "));
  const Ran help = run({"help"});
  CHECK(help.code == exit_ok);
  CHECK(help.output == run({"--help"}).output);
  CHECK(run({"help", "fault", "add"}).output == run({"fault", "add", "--help"}).output);
  CHECK(run({"help", "nonsense"}).code == exit_usage);
}

TEST_CASE("--help: has no line of more than 80 columns") {
  std::vector<std::string> names = {"", "serve"};
  for (const Command& command : all_commands()) names.emplace_back(command.name);
  for (const std::string& name : names) {
    std::vector<std::string> arguments;
    std::istringstream words(name);
    for (std::string word; words >> word;) arguments.push_back(word);
    arguments.emplace_back("--help");
    const Ran ran = run(arguments);
    CHECK(ran.code == exit_ok);
    std::istringstream lines(ran.output);
    for (std::string line; std::getline(lines, line);) {
      INFO(name, ": ", line);
      CHECK(line.size() <= 80);
    }
  }
}

TEST_CASE("wrapped: breaks lines between words only") {
  CHECK(wrapped("one two three", 7) == "one two\nthree");
  CHECK(wrapped("one\ntwo", 80) == "one two");
  CHECK(wrapped("a-very-long-word b", 5) == "a-very-long-word\nb");
}

}  // namespace papersail
