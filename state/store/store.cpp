#include "state/store/store.hpp"

#include <stdexcept>

#include "state/error.hpp"
#include "state/store/format.hpp"

namespace papersail {
namespace {

// With synchronous = NORMAL in WAL mode, a killed process loses no committed call.
constexpr const char* settings =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA temp_store = MEMORY;"  // otherwise savepoints would write to a file
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA wal_autocheckpoint = 32768;"  // pages: 128 MiB, read within 0.1 s
    "PRAGMA foreign_keys = ON;";

}  // namespace

Store::Store(const std::string& path, const Lifecycle& lifecycle, std::uint64_t seed) try
    : database_(path), lifecycle_(lifecycle), ids_(seed, 0) {
  database_.execute(settings);
  prepare(database_, seed);
  read_account();
} catch (const std::exception& error) {
  throw std::runtime_error("cannot open " + path + ": " + error.what());
}

void Store::read_account() {
  Query account = database_.query("SELECT seed, sequence, lifecycle FROM account");
  account.step();
  reserved_sequence_ = committed_sequence_ = call_start_sequence_ =
      static_cast<std::uint64_t>(account.integer(1));
  ids_ = Ids(static_cast<std::uint64_t>(account.integer(0)), committed_sequence_);
  own_lifecycle_.reset();
  if (!account.text(2).empty()) own_lifecycle_ = Lifecycle::of(json::parse(account.text(2)));
}

Resource Store::resource_of(const Query& row, std::string_view region) {
  return {row.integer(0),           std::string(region),      std::string(row.text(1)),
          std::string(row.text(2)), json::parse(row.text(3)), json::parse(row.text(4))};
}

std::optional<Resource> Store::find(std::string_view region, std::string_view name) {
  Query query =
      read("SELECT id, type, name, doc, internal FROM resources WHERE region = ?1 AND name = ?2",
           region, name);
  if (!query.step()) return std::nullopt;
  return resource_of(query, region);
}

std::optional<Resource> Store::find(std::string_view region, std::string_view type,
                                    std::string_view name) {
  auto found = find(region, name);
  return found && found->type == type ? found : std::nullopt;
}

bool Store::has(std::string_view region, std::string_view name) {
  return read("SELECT 1 FROM resources WHERE region = ?1 AND name = ?2", region, name).step();
}

Resource Store::get(std::string_view region, std::string_view type, std::string_view name) {
  auto found = find(region, type, name);
  if (!found) throw not_found(type, name);
  return *std::move(found);
}

json Store::ready_doc(std::string_view region, std::string_view type, std::string_view name) {
  Query query = read("SELECT doc FROM resources WHERE region = ?1 AND name = ?2 AND type = ?3",
                     region, name, type);
  return query.step() ? ready(query.text(0)) : json();
}

Page Store::list(std::string_view region, std::string_view type, std::string_view token) {
  const std::string list = list_in(region, type);
  Query query = read(
      "SELECT id, doc FROM resources WHERE region = ?1 AND type = ?2 AND id < ?3"
      " ORDER BY id DESC LIMIT ?4",
      region, type, last_id_of(list, token), page_size + 1);
  Page page;
  for (std::int64_t last = 0; query.step(); last = query.integer(0)) {
    if (page.elements.size() == page_size) {
      page.next_token = page_token(list, std::to_string(last));
      break;
    }
    page.elements.push_back(ready(query.text(1)));
  }
  return page;
}

ResourcePage Store::list_resources(std::string_view region, std::string_view type,
                                   std::string_view token) {
  const std::string list = list_in(region, type);
  Query query = read(
      "SELECT id, type, name, doc, internal FROM resources"
      " WHERE region = ?1 AND type = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4",
      region, type, last_id_of(list, token), page_size + 1);
  ResourcePage page;
  while (query.step()) {
    if (page.resources.size() == page_size) {
      page.next_token = page_token(list, std::to_string(page.resources.back().id));
      break;
    }
    page.resources.push_back(resource_of(query, region));
  }
  return page;
}

std::vector<Resource> Store::all(std::string_view region, std::string_view type) {
  Query query = read(
      "SELECT id, type, name, doc, internal FROM resources WHERE region = ?1 AND type = ?2"
      " ORDER BY id DESC",
      region, type);
  std::vector<Resource> out;
  while (query.step()) out.push_back(resource_of(query, region));
  return out;
}

std::int64_t Store::count(std::string_view region, std::string_view type, std::int64_t most) {
  Query query = read(
      "SELECT count(*) FROM (SELECT 1 FROM resources WHERE region = ?1 AND type = ?2 LIMIT ?3)",
      region, type, most);
  return query.step() ? query.integer(0) : 0;
}

std::int64_t Store::sum(std::string_view region, std::string_view type, std::string_view path) {
  Query query = read(
      "SELECT ifnull(sum(doc ->> ?3), 0) FROM resources"
      " WHERE region = ?1 AND type = ?2",
      region, type, path);
  return query.step() ? query.integer(0) : 0;
}

Page Store::names(std::string_view region, std::string_view token) {
  const std::string list = list_in(region, "names");
  const std::string last = token.empty() ? "" : last_key_of(list, token);
  Query query =
      read("SELECT name FROM resources WHERE region = ?1 AND name > ?2 ORDER BY name LIMIT ?3",
           region, last, page_size + 1);
  Page page;
  while (query.step()) {
    if (page.elements.size() == page_size) {
      page.next_token = page_token(list, page.elements.back().get<std::string>());
      break;
    }
    page.elements.emplace_back(query.text(0));
  }
  return page;
}

// Returns the id that SQLite would choose, so that an account and its copy assign the same ids.
std::int64_t Store::next_id() {
  Query last = read("SELECT ifnull(max(id), 0) FROM resources");
  last.step();
  return last.integer(0) + 1;
}

void Store::create(Resource& resource, Millis now) {
  if (has(resource.region, resource.name)) {
    throw invalid_input("Some names are already in use: " + resource.name, "NameExists");
  }
  resource.id = next_id();
  const std::string status = status_of(resource);
  write(
      "INSERT INTO resources (id, region, name, type, status, due_at, doc, internal)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      resource.id, resource.region, resource.name, resource.type, status,
      due_at(resource, status, now), papersail::write(resource.doc), resource.internal.dump());
  record_change(resource.region, resource.type, resource.name, std::nullopt, status);
}

void Store::put(const Resource& resource, Millis now) {
  const std::string status = status_of(resource);
  record_put(resource, status);
  write(
      "UPDATE resources SET doc = ?2, internal = ?3,"
      " due_at = iif(status = ?4, due_at, ?5), status = ?4 WHERE id = ?1",
      resource.id, papersail::write(resource.doc), resource.internal.dump(), status,
      due_at(resource, status, now));
}

void Store::remove(const Resource& resource) {
  write("DELETE FROM resources WHERE id = ?1", resource.id);
  record_change(resource.region, resource.type, resource.name, status_of(resource), std::nullopt);
}

void Store::hold(const Resource& resource) {
  write("UPDATE resources SET due_at = NULL WHERE id = ?1", resource.id);
}

void Store::record_change(std::string_view region, std::string_view type, std::string_view name,
                          std::optional<std::string_view> from, std::optional<std::string_view> to,
                          std::string_view before) {
  changes().add({std::string(region), std::string(type), std::string(name),
                 std::optional<std::string>(from), std::optional<std::string>(to),
                 std::string(changes().keeps_documents ? before : "")});
}

void Store::record_put(const Resource& resource, const std::string& status) {
  Query query = read("SELECT status, doc FROM resources WHERE id = ?1", resource.id);
  if (!query.step() || query.text(0) == status) return;
  record_change(resource.region, resource.type, resource.name, query.text(0), status,
                query.text(1));
}

}  // namespace papersail
