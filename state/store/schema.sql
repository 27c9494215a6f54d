-- One file an account. `doc` is the resource as the API shows it; the other columns are what the
-- store itself needs. Times are milliseconds.
CREATE TABLE account (
  seed INTEGER NOT NULL,       -- of everything random that the account shows
  sequence INTEGER NOT NULL,   -- no more of it than this has been used
  clock TEXT NOT NULL DEFAULT '',     -- empty: as the server was told
  lifecycle TEXT NOT NULL DEFAULT ''  -- the same
) STRICT;

CREATE TABLE resources (
  id INTEGER PRIMARY KEY,      -- grows with time: newest first is descending
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  due_at INTEGER,              -- when its lifecycle takes it to the next status
  doc TEXT NOT NULL,
  internal TEXT NOT NULL       -- JSON that the API does not show: passwords, runs, schedules
) STRICT;
CREATE UNIQUE INDEX resources_name ON resources (region, name);
CREATE INDEX resources_type ON resources (region, type);
CREATE INDEX resources_due ON resources (due_at) WHERE due_at IS NOT NULL;

-- What becomes of a resource at a time that its lifecycle does not know, such as the change of a
-- database in its maintenance window.
CREATE TABLE changes (
  id INTEGER PRIMARY KEY,
  resource INTEGER NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL,
  doc_patch TEXT NOT NULL,     -- RFC 7396
  internal_patch TEXT NOT NULL
) STRICT;
CREATE INDEX changes_due ON changes (due_at);
CREATE INDEX changes_resource ON changes (resource);

-- An operation's end is known when it begins, so nothing here is ever updated: whether it is over
-- is a question to the clock.
CREATE TABLE operations (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL,
  type TEXT NOT NULL,
  region TEXT NOT NULL,
  zone TEXT NOT NULL,          -- empty: it is in none
  resource_name TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  details TEXT,
  created_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  error_code TEXT NOT NULL,    -- empty: it ends Succeeded, else Failed
  error_details TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX operations_uuid ON operations (uuid);
CREATE INDEX operations_region ON operations (region);
CREATE INDEX operations_resource ON operations (region, resource_name);

-- The lines of seed files that the account has been given.
CREATE TABLE seeds (key INTEGER PRIMARY KEY) STRICT;
