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

// Converts a row of id, region, type, name, doc, internal, status.
Resource resource_of(const Query& row) {
  return {row.integer(0),
          std::string(row.text(1)),
          std::string(row.text(2)),
          std::string(row.text(3)),
          Document::of(std::string(row.text(4))),
          Document::of(std::string(row.text(5))),
          std::string(row.text(6))};
}

std::string place_of(std::string_view region, std::string_view name) {
  return std::string(region) + '/' + std::string(name);
}

}  // namespace

Store::Store(const std::string& path, const Lifecycle& lifecycle, std::uint64_t seed) try
    : database_(path), lifecycle_(lifecycle), ids_(seed, 0) {
  database_.execute(settings);
  prepare(database_, seed);
  read_account();
} catch (const std::exception& error) {
  throw std::runtime_error("cannot open " + path + ": " + error.what());
}

std::optional<Resource> Store::find(std::string_view region, std::string_view name) {
  Query query = transaction_.read(
      "SELECT id, region, type, name, doc, internal, status FROM resources"
      " WHERE region = ?1 AND name = ?2",
      region, name);
  return query.step() ? std::optional(resource_of(query)) : std::nullopt;
}

std::optional<Resource> Store::find(std::int64_t id) {
  Query query = transaction_.read(
      "SELECT id, region, type, name, doc, internal, status FROM resources WHERE id = ?1", id);
  return query.step() ? std::optional(resource_of(query)) : std::nullopt;
}

std::optional<Resource> Store::find(std::string_view region, std::string_view type,
                                    std::string_view name) {
  auto found = find(region, name);
  return found && found->type == type ? found : std::nullopt;
}

bool Store::has(std::string_view region, std::string_view name) {
  Query query =
      transaction_.read("SELECT 1 FROM resources WHERE region = ?1 AND name = ?2", region, name);
  if (query.step()) return true;
  free_names_.insert(place_of(region, name));
  return false;
}

Resource Store::get(std::string_view region, std::string_view type, std::string_view name) {
  auto found = find(region, type, name);
  if (!found) throw not_found(type, name);
  return *std::move(found);
}

std::optional<Document> Store::document(std::string_view region, std::string_view type,
                                        std::string_view name) {
  Query query =
      transaction_.read("SELECT doc FROM resources WHERE region = ?1 AND name = ?2 AND type = ?3",
                        region, name, type);
  if (!query.step()) return std::nullopt;
  return Document::of(std::string(query.text(0)));
}

Page Store::list(std::string_view region, std::string_view type, std::string_view token) {
  const std::string list = list_in(region, type);
  Query query = transaction_.read(
      "SELECT id, doc FROM resources WHERE region = ?1 AND type = ?2 AND id < ?3"
      " ORDER BY id DESC LIMIT ?4",
      region, type, last_id_of(list, token), page_size + 1);
  Page page;
  for (std::int64_t last = 0; query.step(); last = query.integer(0)) {
    if (page.elements.size() == page_size) {
      page.next_token = page_token(list, std::to_string(last));
      break;
    }
    page.elements.push_back(raw_json(query.text(1)));
  }
  return page;
}

ResourcePage Store::list_resources(std::string_view region, std::string_view type,
                                   std::string_view token) {
  const std::string list = list_in(region, type);
  Query query = transaction_.read(
      "SELECT id, region, type, name, doc, internal, status FROM resources"
      " WHERE region = ?1 AND type = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4",
      region, type, last_id_of(list, token), page_size + 1);
  ResourcePage page;
  while (query.step()) {
    if (page.resources.size() == page_size) {
      page.next_token = page_token(list, std::to_string(page.resources.back().id));
      break;
    }
    page.resources.push_back(resource_of(query));
  }
  return page;
}

std::vector<Resource> Store::all(std::string_view region, std::string_view type) {
  Query query = transaction_.read(
      "SELECT id, region, type, name, doc, internal, status FROM resources WHERE region = ?1 AND "
      "type = ?2"
      " ORDER BY id DESC",
      region, type);
  std::vector<Resource> out;
  while (query.step()) out.push_back(resource_of(query));
  return out;
}

std::int64_t Store::count(std::string_view region, std::string_view type, std::int64_t most) {
  Query query = transaction_.read(
      "SELECT count(*) FROM (SELECT 1 FROM resources WHERE region = ?1 AND type = ?2 LIMIT ?3)",
      region, type, most);
  return query.step() ? query.integer(0) : 0;
}

std::int64_t Store::sum(std::string_view region, std::string_view type, std::string_view path) {
  Query query = transaction_.read(
      "SELECT ifnull(sum(doc ->> ?3), 0) FROM resources"
      " WHERE region = ?1 AND type = ?2",
      region, type, path);
  return query.step() ? query.integer(0) : 0;
}

Page Store::names(std::string_view region, std::string_view token) {
  const std::string list = list_in(region, "names");
  const std::string last = token.empty() ? "" : last_key_of(list, token);
  Query query = transaction_.read(
      "SELECT name FROM resources WHERE region = ?1 AND name > ?2 ORDER BY name LIMIT ?3", region,
      last, page_size + 1);
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

// This is the id that SQLite would choose, so that an account and its copy assign the same ids.
std::int64_t Store::coming_id() {
  if (!last_id_) {
    Query last = transaction_.read("SELECT ifnull(max(id), 0) FROM resources");
    last.step();
    last_id_ = last.integer(0);
  }
  return *last_id_ + 1;
}

void Store::create(Resource& resource, Millis now) {
  const std::string place = place_of(resource.region, resource.name);
  if (!free_names_.contains(place) && has(resource.region, resource.name)) {
    throw invalid_input("Some names are already in use: " + resource.name, "NameExists");
  }
  free_names_.erase(place);
  resource.id = coming_id();
  last_id_ = resource.id;
  note_before(resource.id);
  resource.stored_status = status_of(resource);
  insert(resource, due_at(resource, resource.stored_status, now));
  record_change(resource, std::nullopt, resource.stored_status);
}

void Store::insert(const Resource& resource, std::optional<Millis> due_at) {
  transaction_.write(
      "INSERT INTO resources (id, region, name, type, status, due_at, doc, internal)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
      resource.id, resource.region, resource.name, resource.type, resource.stored_status, due_at,
      resource.doc.text(), resource.internal.text());
}

void Store::put(Resource& resource, Millis now) {
  const std::string status = status_of(resource);
  note_before(resource.id);
  if (resource.stored_status != status) record_change(resource, resource.stored_status, status);
  transaction_.write(
      "UPDATE resources SET doc = ?2, internal = ?3,"
      " due_at = iif(status = ?4, due_at, ?5), status = ?4 WHERE id = ?1",
      resource.id, resource.doc.text(), resource.internal.text(), status,
      due_at(resource, status, now));
  resource.stored_status = status;
}

void Store::remove(const Resource& resource) {
  remove_row(resource);
  record_change(resource, status_of(resource), std::nullopt);
}

void Store::remove_row(const Resource& resource) {
  note_before(resource.id);
  transaction_.write("DELETE FROM resources WHERE id = ?1", resource.id);
  last_id_.reset();
}

void Store::record_change(const Resource& resource, std::optional<std::string_view> from,
                          std::optional<std::string_view> to) {
  changes().add({resource.region, resource.type, resource.name, std::optional<std::string>(from),
                 std::optional<std::string>(to)});
}

}  // namespace papersail
