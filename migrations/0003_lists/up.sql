-- A list shows identifiers under each name, and asks whether there is somebody to talk to: the
-- indexes alone know it.
DROP INDEX identifiers_by_supplier;
CREATE INDEX identifiers_by_supplier
    ON identifiers (supplier_id, removed_at, created_at, kind, value, confirmed_at);
DROP INDEX contacts_by_supplier;
CREATE INDEX contacts_by_supplier ON contacts (supplier_id, removed_at);
