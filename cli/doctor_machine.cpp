// Checks of the machine, which read /proc (Linux).
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/doctor.hpp"

namespace papersail {
namespace {

namespace fs = std::filesystem;

struct Socket {
  std::string inode;
  bool loopback = false;
};

// Returns the socket that listens on the port, from a kernel table with the columns sl,
// local_address:port, rem_address, st, ..., inode. Addresses are hexadecimal; the bytes of an IPv4
// address are in reverse order.
std::optional<Socket> socket_on(const std::string& table, int port) {
  constexpr std::string_view listening = "0A", loopback6 = "00000000000000000000000001000000";
  char wanted[8];
  std::snprintf(wanted, sizeof wanted, ":%04X", static_cast<unsigned>(port));
  std::ifstream file(table);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string word[10];
    for (auto& one : word) words >> one;
    if (!word[1].ends_with(wanted) || word[3] != listening) continue;
    const std::string address = word[1].substr(0, word[1].find(':'));
    return Socket{word[9],
                  address == loopback6 || (address.size() == 8 && address.ends_with("7F"))};
  }
  return std::nullopt;
}

bool has_socket(const fs::path& process, const std::string& inode) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(process / "fd", error)) {
    if (fs::read_symlink(entry.path(), error) == "socket:[" + inode + "]") return true;
  }
  return false;
}

std::string name_of(const fs::path& process) {
  std::ifstream file(process / "comm");
  std::string name;
  std::getline(file, name);
  return name;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

std::optional<PortHolder> holder_of(int port) {
  auto socket = socket_on("/proc/net/tcp", port);
  if (!socket) socket = socket_on("/proc/net/tcp6", port);
  if (!socket) return std::nullopt;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const std::string pid = entry.path().filename();
    if (is_number(pid) && has_socket(entry.path(), socket->inode)) {
      return PortHolder{name_of(entry.path()) + " (process " + pid + ")", socket->loopback};
    }
  }
  return PortHolder{"a program of another user", socket->loopback};
}

bool in_container() {
  std::error_code error;
  return fs::exists("/.dockerenv", error) || fs::exists("/run/.containerenv", error);
}

Finding check_folder(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return {Finding::bad, "data", folder + " is not a folder",
            "name an existing folder; `papersail serve --data` creates a missing one"};
  }
  if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    return {Finding::bad, "data", folder + " is not writable",
            "change its owner to the user that runs papersail: chown -R USER " + folder};
  }
  constexpr auto little = std::uintmax_t{64} << 20;
  const auto space = fs::space(folder, error);
  if (!error && space.available < little) {
    return {Finding::bad, "data", folder + " has less than 64 MiB of free space",
            "free some space: without it, the server refuses changes"};
  }
  return {Finding::good, "data", folder + " is writable", ""};
}

}  // namespace papersail
