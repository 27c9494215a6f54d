// Calls from files: what accounts begin with, and what `papersail replay` sends.
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/dispatch/dispatch.hpp"
#include "server/observers/call_trace.hpp"

namespace papersail {

struct SeedCall {
  Scope scope;
  std::string action;
  std::string input;  // JSON
};

// The call of a line, {"account"?, "region"?, "action", "input"?}; none for a blank line and for a
// comment (# or //). Throws std::invalid_argument.
std::optional<SeedCall> seed_call(std::string_view line);

// What is wrong, from the body of an answer: "NotFoundException: The Instance does not exist: web".
std::string refusal_of(const std::string& body);

// The files *.jsonl of the folder in the order of their names, then `files`. An empty `folder` is
// /etc/papersail/init.d, which need not be there. Throws std::runtime_error.
std::vector<std::string> seed_files(const std::string& folder,
                                    const std::vector<std::string>& files);

// The calls of files, one file after the other, read as they are asked for.
class SeedLines {
 public:
  // Throws std::runtime_error if one of them cannot be read.
  explicit SeedLines(std::vector<std::string> files);
  // The next call, none at the end. Throws std::runtime_error "FILE:LINE: what is wrong with it".
  std::optional<SeedCall> next();
  // Of the call that `next` gave last: "FILE:LINE".
  std::string place() const { return files_[at_] + ':' + std::to_string(line_); }

 private:
  bool read_line(std::string& line);

  std::vector<std::string> files_;
  std::size_t at_ = 0;  // the file that is being read
  std::ifstream file_;
  std::size_t line_ = 0;
};

// Makes the calls of seed files. A line is applied to an account once and never again, however
// often the server starts: the account remembers it together with what it did.
class Seeds {
 public:
  // Both must outlive it. Throws std::runtime_error if a file cannot be read.
  Seeds(std::vector<std::string> files, Accounts& accounts, Dispatch& dispatch);
  // Applies some, for a few milliseconds, and commits. False: all are. Throws std::runtime_error
  // "FILE:LINE: ACTION: what is wrong" for a call that is refused; those before it have been made.
  bool apply_some();

 private:
  struct Applied {
    std::string place;
    Response response;
  };
  bool begin_next();
  void make_call();
  void finish(Response response);
  void commit();

  Accounts& accounts_;
  Dispatch& dispatch_;
  SeedLines lines_;
  std::unordered_map<std::uint64_t, std::uint32_t> seen_;  // how often a line has come
  // The call under way:
  std::optional<SeedCall> call_;
  std::uint64_t key_ = 0;
  CallTrace trace_;
  std::vector<Applied> uncommitted_;
  std::size_t applied_ = 0, known_ = 0;
};

}  // namespace papersail
