#include "state/store/checkpoints.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "text/files.hpp"

namespace papersail {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 100;
constexpr const char* extension = ".sqlite";

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

// Replaces the file by a rename, so that a killed process never leaves an incomplete file.
void write_whole(const std::string& path, const std::string& bytes) {
  const std::string part = path + ".part";
  std::ofstream file(part, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + part);
  fs::rename(part, path);
}

}  // namespace

bool Checkpoints::is_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && name[0] != '.' &&
         std::all_of(name.begin(), name.end(), is_name_character);
}

std::string Checkpoints::path_of(const std::string& account, const std::string& name) const {
  return folder_ + "/" + account + "/" + name + extension;
}

void Checkpoints::keep(const std::string& account, const std::string& name, std::string copy) {
  if (folder_.empty()) {
    in_memory_[account][name] = std::move(copy);
    return;
  }
  fs::create_directories(folder_ + "/" + account);
  write_whole(path_of(account, name), copy);
}

std::optional<std::string> Checkpoints::find(const std::string& account,
                                             const std::string& name) const {
  if (!folder_.empty()) return bytes_of_file(path_of(account, name));
  const auto own = in_memory_.find(account);
  if (own == in_memory_.end()) return std::nullopt;
  const auto found = own->second.find(name);
  return found == own->second.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Checkpoints::names(const std::string& account) const {
  std::vector<std::string> out;
  if (const auto own = in_memory_.find(account); own != in_memory_.end()) {
    for (const auto& [name, copy] : own->second) out.push_back(name);
  }
  if (!folder_.empty() && fs::exists(folder_ + "/" + account)) {
    for (const auto& file : fs::directory_iterator(folder_ + "/" + account)) {
      if (file.path().extension() == extension) out.push_back(file.path().stem());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool Checkpoints::remove(const std::string& account, const std::string& name) {
  if (!folder_.empty()) return fs::remove(path_of(account, name));
  const auto own = in_memory_.find(account);
  return own != in_memory_.end() && own->second.erase(name) > 0;
}

}  // namespace papersail
