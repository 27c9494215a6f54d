// The format of seed files.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "server/seeds.hpp"
#include "text/strict_object.hpp"
#include "text/strings.hpp"

namespace papersail {
namespace {

constexpr const char* default_folder = "/etc/papersail/init.d";
constexpr std::string_view standard_input = "-";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank_or_comment(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
  return line.empty() || line.starts_with('#') || line.starts_with("//");
}

json parsed_line(std::string_view line) {
  // The input is one level below the line.
  if (depth_of(line) > deepest_input + 1)
    throw std::invalid_argument("The line is nested too deeply.");
  try {
    return parse_json(line);
  } catch (const json::exception&) {
    throw std::invalid_argument("The line is not valid JSON.");
  }
}

std::string text_of_input(const json* input) {
  return input ? input->dump() : "{}";
}

}  // namespace

std::optional<SeedCall> seed_call(std::string_view line) {
  if (is_blank_or_comment(line)) return std::nullopt;
  json value = parsed_line(line);
  if (!value.is_object()) throw std::invalid_argument("The line is not a JSON object.");
  StrictObject members(std::move(value));
  members.require({"action"});
  SeedCall call{{members.text("account").value_or("000000000000"),
                 members.text("region").value_or("us-east-1")},
                *members.text("action"),
                text_of_input(members.any("input"))};
  members.finish("A line has account, region, action and input.");
  if (!is_account_id(call.scope.account)) members.refuse("account", "twelve digits");
  return call;
}

std::optional<SeedRequest> control_request_of(const SeedCall& call) {
  const std::size_t space = call.action.find(" /");
  if (space == std::string::npos) return std::nullopt;
  const std::string path = call.action.substr(space + 1);
  return SeedRequest{call.action.substr(0, space),
                     "/_papersail/accounts/" + call.scope.account + (path == "/" ? "" : path),
                     call.input == "{}" ? "" : call.input};
}

std::string error_text(const std::string& body) {
  const json error = try_parse_json(body);
  if (!error.is_object()) return "the server failed";
  const std::string type = error.value("__type", ""), message = error.value("message", "");
  return type.empty() ? message : type + ": " + message;
}

std::vector<std::string> seed_files(const std::string& folder,
                                    const std::vector<std::string>& files) {
  std::vector<std::string> out;
  const std::filesystem::path where = folder.empty() ? default_folder : folder;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(where, error)) {
    if (entry.path().extension() == ".jsonl") out.push_back(entry.path());
  }
  const bool may_be_missing = folder.empty();
  if (error && !(may_be_missing && error == std::errc::no_such_file_or_directory)) {
    throw std::invalid_argument("cannot read " + where.string() + ": " + error.message());
  }
  std::sort(out.begin(), out.end());
  out.insert(out.end(), files.begin(), files.end());
  return out;
}

SeedLines::SeedLines(std::vector<std::string> files) : files_(std::move(files)) {
  for (const std::string& name : files_) {
    if (name == standard_input) continue;
    std::ifstream file(name);
    if (file.peek(); file.bad() || !file.is_open()) {  // a folder can be opened but not read
      throw std::invalid_argument("cannot read " + name);
    }
  }
  if (!files_.empty()) open();
}

void SeedLines::open() {
  const bool standard = files_[at_] == standard_input;
  input_ = standard ? &std::cin : &file_;
  file_ = {};
  if (!standard) file_.open(files_[at_]);
  line_ = 0;
}

// Reads the next line, and opens the next file at the end of one. Returns false after the last
// file.
bool SeedLines::read_line(std::string& line) {
  while (at_ < files_.size()) {
    if (std::getline(*input_, line)) {
      bytes_read_ += line.size() + 1;
      if (++line_ == 1 && line.starts_with(byte_order_mark)) line.erase(0, byte_order_mark.size());
      return true;
    }
    if (input_->bad()) throw std::runtime_error("cannot read " + files_[at_]);
    if (++at_ < files_.size()) open();
  }
  return false;
}

std::optional<SeedCall> SeedLines::next() {
  std::string line;
  while (read_line(line)) {
    try {
      if (auto call = seed_call(line)) return call;
    } catch (const std::invalid_argument& error) {
      throw std::runtime_error(place() + ": " + error.what());
    }
  }
  return std::nullopt;
}

}  // namespace papersail
