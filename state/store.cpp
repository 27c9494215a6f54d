#include "state/store.hpp"

#include <charconv>
#include <limits>
#include <stdexcept>

#include "fixtures/fixtures.hpp"
#include "state/error.hpp"

namespace papersail {
namespace {

constexpr int schema_version = 1;
// Ids are reserved in blocks, so that not every call has to store how far it came.
constexpr std::uint64_t reserved_at_once = 4096;
constexpr Millis never = std::numeric_limits<Millis>::max();

// NORMAL in WAL mode: a killed process loses nothing that was answered.
constexpr const char* settings =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA wal_autocheckpoint = 4096;"  // pages; a checkpoint waits for the disk
    "PRAGMA foreign_keys = ON;";

Resource resource_of(const Query& row, std::string_view region) {
  return {row.integer(0),           std::string(region),      std::string(row.text(1)),
          std::string(row.text(2)), json::parse(row.text(3)), json::parse(row.text(4))};
}

// A list belongs to its region: its tokens are no use elsewhere.
std::string list_name(std::string_view region, std::string_view what) {
  return std::string(region) + ' ' + std::string(what);
}

json ended(json operation, Millis at, std::string_view error_code, std::string_view error_details) {
  operation["isTerminal"] = true;
  operation["status"] = error_code.empty() ? "Succeeded" : "Failed";
  operation["statusChangedAt"] = timestamp(at);
  if (!error_code.empty()) {
    operation["errorCode"] = error_code;
    operation["errorDetails"] = error_details;
  }
  return operation;
}

// Newest first: an empty token starts above every id.
std::int64_t last_id_of(std::string_view list, std::string_view token) {
  std::int64_t id = std::numeric_limits<std::int64_t>::max();
  if (token.empty()) return id;
  const std::string key = last_key_of(list, token);
  std::from_chars(key.data(), key.data() + key.size(), id);
  return id;
}

}  // namespace

Store::Store(const std::string& path, const Lifecycle& lifecycle, std::uint64_t seed) try
    : database_(path), lifecycle_(lifecycle), ids_(seed, 0) {
  database_.execute(settings);
  auto version = [this] {
    Query query = database_.query("PRAGMA user_version");
    return query.step() ? query.integer(0) : 0;
  }();
  if (version > schema_version) {
    throw std::runtime_error("it was written by a newer papersail (format " +
                             std::to_string(version) + ", this one knows " +
                             std::to_string(schema_version) + ")");
  }
  if (version == 0) {
    database_.begin_if_needed();
    database_.execute(std::string(*fixture("schema.sql")).c_str());
    database_.run("INSERT INTO account VALUES (?1, 0)", static_cast<std::int64_t>(seed));
    database_.execute(("PRAGMA user_version = " + std::to_string(schema_version)).c_str());
    database_.commit();
  }
  Query account = database_.query("SELECT seed, sequence FROM account");
  account.step();
  reserved_sequence_ = committed_sequence_ = static_cast<std::uint64_t>(account.integer(1));
  ids_ = Ids(static_cast<std::uint64_t>(account.integer(0)), committed_sequence_);
} catch (const std::runtime_error& error) {
  throw std::runtime_error("cannot open " + path + ": " + error.what());
}

std::optional<Resource> Store::find(std::string_view region, std::string_view name) {
  Query query = database_.query(
      "SELECT id, type, name, doc, secret FROM resources WHERE region = ?1 AND name = ?2", region,
      name);
  if (!query.step()) return std::nullopt;
  return resource_of(query, region);
}

std::optional<Resource> Store::find(std::string_view region, std::string_view type,
                                    std::string_view name) {
  auto found = find(region, name);
  return found && found->type == type ? found : std::nullopt;
}

bool Store::has(std::string_view region, std::string_view name) {
  return database_.query("SELECT 1 FROM resources WHERE region = ?1 AND name = ?2", region, name)
      .step();
}

Resource Store::get(std::string_view region, std::string_view type, std::string_view name) {
  auto found = find(region, type, name);
  if (!found) throw not_found(type, name);
  return *std::move(found);
}

json Store::ready_doc(std::string_view region, std::string_view type, std::string_view name) {
  Query query =
      database_.query("SELECT doc FROM resources WHERE region = ?1 AND name = ?2 AND type = ?3",
                      region, name, type);
  return query.step() ? ready(query.text(0)) : json();
}

Page Store::list(std::string_view region, std::string_view type, std::string_view token) {
  const std::string list = list_name(region, type);
  Query query = database_.query(
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

std::vector<Resource> Store::all(std::string_view region, std::string_view type) {
  Query query = database_.query(
      "SELECT id, type, name, doc, secret FROM resources WHERE region = ?1 AND type = ?2"
      " ORDER BY id DESC",
      region, type);
  std::vector<Resource> out;
  while (query.step()) out.push_back(resource_of(query, region));
  return out;
}

Page Store::names(std::string_view region, std::string_view token) {
  const std::string list = list_name(region, "names");
  const std::string last = token.empty() ? "" : last_key_of(list, token);
  Query query = database_.query(
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

std::optional<Millis> Store::due_at(const Resource& resource, std::string_view status,
                                    Millis from) {
  const Transition* row = lifecycle_.next(resource.type, resource.name, status);
  if (!row) return std::nullopt;
  expect(from + row->after);
  return from + row->after;
}

void Store::create(Resource& resource, Millis now) {
  database_.begin_if_needed();
  const std::string status = status_of(resource);
  const auto inserted = database_.run(
      "INSERT INTO resources (region, name, type, status, due_at, doc, secret)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (region, name) DO NOTHING",
      resource.region, resource.name, resource.type, status, due_at(resource, status, now),
      write(resource.doc), resource.secret.dump());
  if (inserted == 0) {
    throw invalid_input("Some names are already in use: " + resource.name, "NameExists");
  }
  resource.id = database_.last_insert_id();
}

void Store::put(const Resource& resource, Millis now) {
  database_.begin_if_needed();
  const std::string status = status_of(resource);
  database_.run(
      "UPDATE resources SET doc = ?2, secret = ?3,"
      " due_at = iif(status = ?4, due_at, ?5), status = ?4 WHERE id = ?1",
      resource.id, resource.doc.dump(), resource.secret.dump(), status,
      due_at(resource, status, now));
}

void Store::remove(const Resource& resource) {
  database_.begin_if_needed();
  database_.run("DELETE FROM resources WHERE id = ?1", resource.id);
}

void Store::change_later(const Resource& resource, Millis due, const json& doc_patch,
                         const json& secret_patch) {
  database_.begin_if_needed();
  database_.run(
      "INSERT INTO changes (resource, due_at, doc_patch, secret_patch)"
      " VALUES (?1, ?2, ?3, ?4)",
      resource.id, due, doc_patch.dump(), secret_patch.dump());
  expect(due);
}

void Store::drop_changes(const Resource& resource) {
  database_.begin_if_needed();
  database_.run("DELETE FROM changes WHERE resource = ?1", resource.id);
}

namespace {

// `doc, ends_at, error_code, error_details` from `column` on, as it stands at `now`.
json operation_of(const Query& row, int column, Millis now) {
  const Millis ends_at = row.integer(column + 1);
  if (ends_at > now) return ready(row.text(column));
  return ended(json::parse(row.text(column)), ends_at, row.text(column + 2), row.text(column + 3));
}

}  // namespace

json Store::add_operation(const json& doc, const Outcome& outcome, Millis now) {
  database_.begin_if_needed();
  const std::string text = write(doc);
  const Millis ends_at = now + outcome.after;
  database_.run(
      "INSERT INTO operations (uuid, region, resource_name, ends_at, doc, error_code,"
      " error_details) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      doc.at("id").get_ref<const std::string&>(),
      doc.at("location").at("regionName").get_ref<const std::string&>(),
      doc.at("resourceName").get_ref<const std::string&>(), ends_at, text, outcome.error_code,
      outcome.error_details);
  if (ends_at > now) return ready(text);
  return ended(doc, ends_at, outcome.error_code, outcome.error_details);
}

json Store::operation(std::string_view region, std::string_view uuid, Millis now) {
  Query query = database_.query(
      "SELECT doc, ends_at, error_code, error_details FROM operations"
      " WHERE uuid = ?1 AND region = ?2",
      uuid, region);
  return query.step() ? operation_of(query, 0, now) : json();
}

Page Store::operations_page(Query query, std::string_view list, Millis now) {
  Page page;
  for (std::int64_t last = 0; query.step(); last = query.integer(0)) {
    if (page.elements.size() == page_size) {
      page.next_token = page_token(list, std::to_string(last));
      break;
    }
    page.elements.push_back(operation_of(query, 1, now));
  }
  return page;
}

Page Store::operations(std::string_view region, std::string_view token, Millis now) {
  const std::string list = list_name(region, "operations");
  return operations_page(
      database_.query("SELECT id, doc, ends_at, error_code, error_details FROM operations"
                      " WHERE region = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3",
                      region, last_id_of(list, token), page_size + 1),
      list, now);
}

Page Store::operations_for(std::string_view region, std::string_view resource,
                           std::string_view token, Millis now) {
  const std::string list = list_name(region, "operations for " + std::string(resource));
  return operations_page(
      database_.query(
          "SELECT id, doc, ends_at, error_code, error_details FROM operations WHERE region = ?1"
          " AND resource_name = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4",
          region, resource, last_id_of(list, token), page_size + 1),
      list, now);
}

std::optional<Store::Due> Store::next_transition() {
  Query query = database_.query(
      "SELECT due_at, id FROM resources WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT 1");
  return query.step() ? std::optional(Due{query.integer(0), query.integer(1)}) : std::nullopt;
}

std::optional<Store::Due> Store::next_change() {
  Query query = database_.query("SELECT due_at, id FROM changes ORDER BY due_at, id LIMIT 1");
  return query.step() ? std::optional(Due{query.integer(0), query.integer(1)}) : std::nullopt;
}

void Store::expect(Millis due) {
  next_due_ = std::min(next_due_, due);
}

void Store::settle(Millis now) {
  while (next_due_ <= now) {
    const auto own = next_transition();
    const auto planned = next_change();
    next_due_ = std::min(own ? own->at : never, planned ? planned->at : never);
    if (next_due_ > now) break;
    database_.begin_if_needed();
    own && own->at == next_due_ ? transition(*own) : change(*planned);
  }
}

void Store::transition(const Due& due) {
  Query query = database_.query("SELECT type, name, status FROM resources WHERE id = ?1", due.id);
  query.step();
  Resource resource;
  resource.type = query.text(0);
  resource.name = query.text(1);
  const Transition* row = lifecycle_.next(resource.type, resource.name, query.text(2));
  if (!row) {  // the profile has changed since: it rests where it is
    database_.run("UPDATE resources SET due_at = NULL WHERE id = ?1", due.id);
  } else if (!row->to) {
    database_.run("DELETE FROM resources WHERE id = ?1", due.id);
  } else {
    database_.run(
        "UPDATE resources SET doc = json_patch(doc, ?2), status = ?3, due_at = ?4"
        " WHERE id = ?1",
        due.id, row->patch, *row->to, due_at(resource, *row->to, due.at));
  }
}

void Store::change(const Due& due) {
  Query query = database_.query(
      "SELECT r.id, r.type, r.name, r.doc, r.secret, r.region, c.doc_patch, c.secret_patch"
      " FROM changes c JOIN resources r ON r.id = c.resource WHERE c.id = ?1",
      due.id);
  query.step();
  Resource resource = resource_of(query, query.text(5));
  resource.doc.merge_patch(json::parse(query.text(6)));
  resource.secret.merge_patch(json::parse(query.text(7)));
  put(resource, due.at);
  database_.run("DELETE FROM changes WHERE id = ?1", due.id);
}

void Store::commit() {
  std::uint64_t reserved = reserved_sequence_;
  if (ids_.sequence() > reserved) {
    reserved = ids_.sequence() + reserved_at_once;
    database_.begin_if_needed();
    database_.run("UPDATE account SET sequence = ?1", static_cast<std::int64_t>(reserved));
  }
  database_.commit();
  reserved_sequence_ = reserved;  // only now is it in the file
  committed_sequence_ = ids_.sequence();
}

void Store::roll_back() noexcept {
  database_.roll_back();
  ids_.rewind(committed_sequence_);
  next_due_ = 0;
}

}  // namespace papersail
