// A run of the papersail binary.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace papersail {

class Process {
 public:
  // `variables` are set in addition to the environment of the tests.
  explicit Process(const std::vector<std::string>& arguments,
                   const std::map<std::string, std::string>& variables = {});
  ~Process();  // kills it if it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // The next line of its standard output, without the end; "" once there is none.
  std::string line();
  // All that is still to come of it.
  std::string rest();
  void signal(int number) const;
  // Closes our end of its standard output.
  void stop_listening();
  // Waits for its end; the exit code, or minus the signal that ended it.
  int wait();
  // What it wrote to standard error, once it has ended.
  std::string complaint() const;

 private:
  pid_t pid_ = 0;
  int output_ = -1;
  int errors_ = -1;
};

// What one run to the end came to.
struct Ran {
  int code;
  std::string output;
  std::string complaint;
};
Ran run(const std::vector<std::string>& arguments,
        const std::map<std::string, std::string>& variables = {});

}  // namespace papersail
