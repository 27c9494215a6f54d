// A process of the papersail binary.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace papersail {

class Process {
 public:
  // Adds `variables` to the environment of the tests.
  explicit Process(const std::vector<std::string>& arguments,
                   const std::map<std::string, std::string>& variables = {});
  ~Process();  // kills the process if it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  // Returns the next line of its standard output, without the newline; "" at the end.
  std::string line();
  // Returns the rest of its standard output.
  std::string rest();
  void signal(int number) const;
  // Closes the reading end of its standard output.
  void stop_listening();
  // Waits for its end; returns the exit code, or minus the number of the signal that ended it.
  int wait();
  // Returns its standard error. Call it after `wait`.
  std::string errors() const;

 private:
  pid_t pid_ = 0;
  int output_ = -1;
  int errors_ = -1;
};

// Returns the path of the papersail binary.
std::string program();

// The result of a process that has ended.
struct Ran {
  int code;
  std::string output;
  std::string errors;
};
Ran run(const std::vector<std::string>& arguments,
        const std::map<std::string, std::string>& variables = {});

}  // namespace papersail
