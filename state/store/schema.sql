-- The database of one account. Times are in milliseconds since 1970.
CREATE TABLE account (
  seed INTEGER NOT NULL,       -- seed of the account's random values (Ids)
  sequence INTEGER NOT NULL,   -- all random values used so far come before this position
  clock TEXT NOT NULL DEFAULT '',     -- empty: the server's
  lifecycle TEXT NOT NULL DEFAULT ''  -- empty: the server's
) STRICT;

CREATE TABLE resources (
  id INTEGER PRIMARY KEY,      -- newer resources have greater ids
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  due_at INTEGER,              -- time of its next transition; NULL: none
  doc TEXT NOT NULL,           -- JSON as the API returns it
  internal TEXT NOT NULL       -- JSON, not returned by the API: passwords, runs, schedules
) STRICT;
CREATE UNIQUE INDEX resources_name ON resources (region, name);
CREATE INDEX resources_type ON resources (region, type);
CREATE INDEX resources_due ON resources (due_at) WHERE due_at IS NOT NULL;

-- Scheduled changes of resources apart from the lifecycle, such as the modification of a database
-- in its maintenance window.
CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  resource INTEGER NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL,
  doc_patch TEXT NOT NULL,     -- RFC 7396
  internal_patch TEXT NOT NULL
) STRICT;
CREATE INDEX changes_due ON changes (due_at);
CREATE INDEX changes_resource ON changes (resource);

-- The end of an operation is known when it starts, so its row is never updated: its status depends
-- on the clock only.
CREATE TABLE operations (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL,
  type TEXT NOT NULL,
  region TEXT NOT NULL,
  zone TEXT NOT NULL,          -- empty: the resource has none
  resource_name TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  details TEXT,
  created_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  error_code TEXT NOT NULL,    -- empty: it ends Succeeded; otherwise Failed
  error_details TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX operations_uuid ON operations (uuid);
CREATE INDEX operations_region ON operations (region);
CREATE INDEX operations_resource ON operations (region, resource_name);

-- The lines of seed files that have been applied to the account.
CREATE TABLE seeds (key INTEGER PRIMARY KEY) STRICT;
