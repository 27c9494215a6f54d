// Reads calls from seed files (`serve --seed-file`, `papersail replay`) and applies them.
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/control/control.hpp"
#include "server/dispatch/dispatch.hpp"
#include "server/observers/call_trace.hpp"

namespace papersail {

struct SeedCall {
  Scope scope;
  std::string action;
  std::string input;  // as JSON text
};

// A line whose action is a request of the control API: "PUT /clock", a method and a path below the
// account.
struct SeedRequest {
  std::string method;
  std::string target;  // "/_papersail/accounts/000000000000/clock"
  std::string body;    // "" if the input is empty
};
// Returns the request; nullopt if the line is a call of an action.
std::optional<SeedRequest> control_request_of(const SeedCall& call);

// Parses a line {"account"?, "region"?, "action", "input"?}. Returns nullopt for a blank line or a
// comment (# or //). Throws std::invalid_argument.
std::optional<SeedCall> seed_call(std::string_view line);

// Returns the error of a response body as text: "NotFoundException: The Instance does not exist:
// web". An error of the control API has no type.
std::string error_text(const std::string& body);

// Returns the *.jsonl files of the folder, sorted by name, then `files`. An empty `folder` means
// /etc/papersail/init.d, which may be missing. Throws std::invalid_argument if the folder cannot be
// read.
std::vector<std::string> seed_files(const std::string& folder,
                                    const std::vector<std::string>& files);

// Reads the calls of several files in order, one line at a time.
class SeedLines {
 public:
  // The file "-" is the standard input. Throws std::invalid_argument if a file cannot be read.
  explicit SeedLines(std::vector<std::string> files);
  // Returns the next call, nullopt at the end. Throws std::runtime_error "FILE:LINE: reason".
  std::optional<SeedCall> next();
  // Returns "FILE:LINE" of the call that `next` returned last.
  std::string place() const { return files_[at_] + ':' + std::to_string(line_); }
  // Returns the number of bytes read so far, of all files.
  std::uintmax_t bytes_read() const { return bytes_read_; }

 private:
  void open();
  bool read_line(std::string& line);

  std::vector<std::string> files_;
  std::size_t at_ = 0;  // index of the current file
  std::ifstream file_;
  std::istream* input_ = &file_;
  std::size_t line_ = 0;
  std::uintmax_t bytes_read_ = 0;
};

// Applies the calls of seed files. An account applies each line once, however often the server
// starts: the key of the line is committed together with the changes of its call, or directly after
// the request of the control API.
class Seeds {
 public:
  // `accounts` and `dispatch` must outlive the object. Throws std::runtime_error if a file cannot
  // be read.
  Seeds(std::vector<std::string> files, Accounts& accounts, Dispatch& dispatch);
  // Applies calls for a few milliseconds and commits them. Returns false when all are applied.
  // Throws std::runtime_error "FILE:LINE: ACTION: reason" if a call fails; the calls before it stay
  // committed.
  bool apply_some();
  // Returns the number of lines that are done, applied now or earlier.
  std::size_t done() const { return applied_ + skipped_; }

 private:
  struct Applied {
    std::string place;
    Response response;
  };
  bool begin_next();
  void apply();
  void make_call();
  void make_request(const SeedRequest& request);
  void finish(Response response);
  void commit();

  Accounts& accounts_;
  Dispatch& dispatch_;
  Control control_{accounts_, dispatch_};
  SeedLines lines_;
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;  // occurrences of each line so far
  // The current call:
  std::optional<SeedCall> call_;
  std::uint64_t key_ = 0;
  CallTrace trace_;
  std::vector<Applied> uncommitted_;
  std::size_t applied_ = 0, skipped_ = 0;
};

}  // namespace papersail
