#include "tests/support/process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <stdexcept>

extern char** environ;

namespace papersail {

namespace {

std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
  std::vector<std::string> out;
  for (char** entry = environ; *entry; ++entry) out.emplace_back(*entry);
  for (const auto& [name, value] : variables) out.push_back(name + "=" + value);
  return out;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments,
                 const std::map<std::string, std::string>& variables) {
  std::vector<char*> argv = {const_cast<char*>(PAPERSAIL)};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<std::string> environment = environment_with(variables);
  std::vector<char*> envp;
  for (std::string& entry : environment) envp.push_back(entry.data());
  envp.push_back(nullptr);

  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  output_ = ends[0];
  errors_ = ::open(P_tmpdir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors_, STDERR_FILENO);
  const int failed = posix_spawn(&pid_, PAPERSAIL, &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (failed) throw std::runtime_error("cannot start " PAPERSAIL);
}

Process::~Process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    wait();
  }
  stop_listening();
  ::close(errors_);
}

std::string Process::line() {
  std::string out;
  for (char c = 0; ::read(output_, &c, 1) == 1 && c != '\n';) out += c;
  return out;
}

void Process::signal(int number) const {
  ::kill(pid_, number);
}

void Process::stop_listening() {
  if (output_ >= 0) ::close(output_);
  output_ = -1;
}

int Process::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::string Process::errors() const {
  std::string out(1 << 16, '\0');
  const ssize_t size = ::pread(errors_, out.data(), out.size(), 0);
  out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return out;
}

std::string Process::rest() {
  std::string out;
  char bytes[4096];
  for (ssize_t size = 0; (size = ::read(output_, bytes, sizeof bytes)) > 0;) {
    out.append(bytes, static_cast<std::size_t>(size));
  }
  return out;
}

std::string program() {
  return PAPERSAIL;
}

Ran run(const std::vector<std::string>& arguments,
        const std::map<std::string, std::string>& variables) {
  Process process(arguments, variables);
  std::string output = process.rest();
  const int code = process.wait();
  return {code, std::move(output), process.errors()};
}

}  // namespace papersail
