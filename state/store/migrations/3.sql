-- The internal state of a resource gets the name that the code has for it.
ALTER TABLE resources RENAME COLUMN secret TO internal;
ALTER TABLE changes RENAME COLUMN secret_patch TO internal_patch;
