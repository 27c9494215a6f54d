-- Indexes the private addresses of instances, so that no two get the same.
ALTER TABLE resources ADD COLUMN address TEXT;
UPDATE resources SET address = doc ->> '$.privateIpAddress' WHERE type = 'Instance';
CREATE INDEX resources_address ON resources (region, address) WHERE address IS NOT NULL;
