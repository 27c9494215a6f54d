// Checks the files of a data folder, without a server.
#include <filesystem>

#include "cli/doctor.hpp"
#include "cli/table.hpp"
#include "state/account.hpp"
#include "state/store/format.hpp"
#include "text/files.hpp"

namespace papersail {
namespace {

namespace fs = std::filesystem;

Finding check_account(const fs::path& file) try {
  const auto bytes = bytes_of_file(file);
  if (!bytes) throw std::runtime_error("it cannot be read");
  Database copy = Database::of(*bytes);
  prepare(copy, 0);
  return {Finding::good, "account", file.filename().string() + " can be opened", ""};
} catch (const std::runtime_error& error) {
  return {Finding::bad, "account", file.string() + " cannot be opened: " + error.what(),
          "move this file out of the data folder, or restore it from a copy"};
}

}  // namespace

Findings check_data(const std::string& folder) {
  Findings out = {check_folder(folder)};
  std::error_code error;
  std::size_t good = 0;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const bool account =
        entry.path().extension() == ".sqlite" && is_account_id(entry.path().stem().string());
    if (!account) continue;
    Finding found = check_account(entry.path());
    found.level == Finding::good ? void(++good) : out.push_back(std::move(found));
  }
  if (good > 0) {
    out.push_back({Finding::good, "account", number_of(good, "account") + " can be opened", ""});
  }
  return out;
}

}  // namespace papersail
