-- Looked up by exact value: by code point, as on SQLite.
ALTER TABLE supplier_keys ALTER COLUMN name_part TYPE TEXT COLLATE "C";
