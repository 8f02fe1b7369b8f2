-- The audit trail only grows: the database itself refuses anything else.
CREATE FUNCTION audit_records_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_records_no_change BEFORE UPDATE OR DELETE ON audit_records
    FOR EACH ROW EXECUTE FUNCTION audit_records_append_only();
CREATE TRIGGER audit_records_no_truncate BEFORE TRUNCATE ON audit_records
    FOR EACH STATEMENT EXECUTE FUNCTION audit_records_append_only();

-- Search by any part of a name. pg_trgm is a trusted extension: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX suppliers_search ON suppliers USING gin (search_text gin_trgm_ops);

-- Ordering must be the same on every machine and equal to SQLite's: by code point.
ALTER TABLE suppliers ALTER COLUMN sort_key TYPE TEXT COLLATE "C";
ALTER TABLE suppliers ALTER COLUMN area TYPE TEXT COLLATE "C";
ALTER TABLE import_rows ALTER COLUMN match_key TYPE TEXT COLLATE "C";
