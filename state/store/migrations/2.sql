-- Stores operations in columns instead of a document; adds the account's own clock and lifecycle.
ALTER TABLE account ADD COLUMN clock TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN lifecycle TEXT NOT NULL DEFAULT '';
ALTER TABLE operations RENAME TO old_operations;
DROP INDEX operations_uuid;
DROP INDEX operations_region;
DROP INDEX operations_resource;
CREATE TABLE operations (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL,
  type TEXT NOT NULL,
  region TEXT NOT NULL,
  zone TEXT NOT NULL,
  resource_name TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  details TEXT,
  created_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  error_code TEXT NOT NULL,
  error_details TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX operations_uuid ON operations (uuid);
CREATE INDEX operations_region ON operations (region);
CREATE INDEX operations_resource ON operations (region, resource_name);
INSERT INTO operations
  SELECT id, uuid, doc ->> 'operationType', region, ifnull(doc ->> '$.location.availabilityZone', ''),
         resource_name, doc ->> 'resourceType', doc ->> 'operationDetails',
         CAST(round((doc ->> 'createdAt') * 1000) AS INTEGER), ends_at, error_code, error_details
  FROM old_operations;
DROP TABLE old_operations;
CREATE TABLE seeds (key INTEGER PRIMARY KEY) STRICT;
