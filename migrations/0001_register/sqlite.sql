-- The audit trail only grows: the database itself refuses anything else.
CREATE TRIGGER audit_records_no_update BEFORE UPDATE ON audit_records
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_records_no_delete BEFORE DELETE ON audit_records
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
-- REPLACE deletes what is in its way without asking the trigger above.
CREATE TRIGGER audit_records_no_replace BEFORE INSERT ON audit_records
WHEN EXISTS (
    SELECT 1 FROM audit_records
    WHERE sequence = new.sequence OR previous_hash = new.previous_hash
)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

-- Search by any part of a name: suppliers.search_text in trigrams.
CREATE VIRTUAL TABLE supplier_search USING fts5 (
    search_text, content = 'suppliers', content_rowid = 'number', columnsize = 0,
    tokenize = 'trigram case_sensitive 1'
);
CREATE TRIGGER suppliers_search_insert AFTER INSERT ON suppliers BEGIN
    INSERT INTO supplier_search (rowid, search_text) VALUES (new.number, new.search_text);
END;
CREATE TRIGGER suppliers_search_delete AFTER DELETE ON suppliers BEGIN
    INSERT INTO supplier_search (supplier_search, rowid, search_text)
    VALUES ('delete', old.number, old.search_text);
END;
CREATE TRIGGER suppliers_search_update AFTER UPDATE OF search_text ON suppliers BEGIN
    INSERT INTO supplier_search (supplier_search, rowid, search_text)
    VALUES ('delete', old.number, old.search_text);
    INSERT INTO supplier_search (rowid, search_text) VALUES (new.number, new.search_text);
END;
