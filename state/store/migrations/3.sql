-- Renames the internal state of resources to the name that the code uses.
ALTER TABLE resources RENAME COLUMN secret TO internal;
ALTER TABLE changes RENAME COLUMN secret_patch TO internal_patch;
