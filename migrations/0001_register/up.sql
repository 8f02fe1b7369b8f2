-- The register, first version. Portable: runs unchanged on SQLite and PostgreSQL.
-- Ids are UUIDv7 as text; times are UTC; a period still running ends at 9999-12-31.
-- "area" is a GB/T 2260 province (six digits) in China, an ISO 3166-1 country elsewhere,
-- 'CN' for China without a province and '' when nothing is known.

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    role TEXT NOT NULL,
    supplier_id TEXT,
    scope_scheme TEXT,
    scope_regions TEXT,
    password_hash TEXT,
    totp_secret TEXT,
    totp_enrolled_at TIMESTAMP,
    totp_last_step BIGINT,
    created_at TIMESTAMP NOT NULL,
    disabled_at TIMESTAMP
);
CREATE INDEX accounts_by_supplier ON accounts (supplier_id);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    level TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX sessions_by_account ON sessions (account_id);

CREATE TABLE known_devices (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE guesses (
    subject TEXT NOT NULL PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    tries BIGINT NOT NULL
);

CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    supplier_id TEXT,
    scope_scheme TEXT,
    scope_regions TEXT,
    invited_by TEXT,
    account_id TEXT REFERENCES accounts (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    revoked_at TIMESTAMP
);

CREATE TABLE form_keys (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    location TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE audit_records (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    details TEXT NOT NULL,
    previous_hash TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL
);
CREATE INDEX audit_records_by_subject ON audit_records (subject_kind, subject_id, sequence);

CREATE TABLE region_schemes (
    id TEXT NOT NULL PRIMARY KEY,
    base TEXT NOT NULL,
    data TEXT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);

CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    status TEXT NOT NULL,
    options TEXT NOT NULL,
    headers TEXT NOT NULL,
    mapping TEXT NOT NULL,
    counts TEXT NOT NULL,
    failure TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    last_number BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    touched_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP,
    undone_at TIMESTAMP
);

CREATE TABLE suppliers (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    legal_name TEXT NOT NULL,
    english_name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    stage TEXT NOT NULL,
    area TEXT NOT NULL,
    city TEXT NOT NULL,
    registered_site_id TEXT NOT NULL,
    industry TEXT NOT NULL,
    website TEXT NOT NULL,
    note TEXT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    revision BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX suppliers_by_name ON suppliers (sort_key, number);
CREATE INDEX suppliers_by_area ON suppliers (area, sort_key, number);
CREATE INDEX suppliers_by_stage ON suppliers (stage, sort_key, number);
CREATE INDEX suppliers_by_name_key ON suppliers (name_key);
CREATE INDEX suppliers_by_import ON suppliers (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE supplier_versions (
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    legal_name TEXT NOT NULL,
    stage TEXT NOT NULL,
    area TEXT NOT NULL,
    PRIMARY KEY (supplier_id, valid_from)
);
CREATE INDEX supplier_versions_by_area ON supplier_versions (area, stage, valid_from, valid_to);

CREATE TABLE sites (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    country TEXT NOT NULL,
    area TEXT NOT NULL,
    city TEXT NOT NULL,
    place_status TEXT NOT NULL,
    place_reason TEXT NOT NULL,
    place_candidates TEXT NOT NULL,
    import_id TEXT REFERENCES imports (id),
    created_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);
CREATE INDEX sites_by_supplier ON sites (supplier_id);
-- Not a partial index: SQLite, told to keep its plans, cannot see that a value fits the condition.
CREATE INDEX sites_by_place_status ON sites (place_status, id);
CREATE INDEX sites_by_import ON sites (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE site_versions (
    site_id TEXT NOT NULL REFERENCES sites (id),
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    area TEXT NOT NULL,
    city TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (site_id, valid_from)
);
CREATE INDEX site_versions_by_supplier ON site_versions (supplier_id);

CREATE TABLE identifiers (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    evidence TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    confirmed_by TEXT,
    confirmed_at TIMESTAMP,
    removed_at TIMESTAMP
);
CREATE UNIQUE INDEX identifiers_in_use ON identifiers (kind, value) WHERE removed_at IS NULL;
CREATE INDEX identifiers_by_supplier ON identifiers (supplier_id);

CREATE TABLE contacts (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    email TEXT NOT NULL,
    phone_sealed TEXT NOT NULL,
    phone_hint TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP
);
CREATE INDEX contacts_by_supplier ON contacts (supplier_id);

CREATE TABLE categories (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_en TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    parent_id TEXT REFERENCES categories (id),
    created_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP
);

CREATE TABLE supplier_categories (
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    category_id TEXT NOT NULL REFERENCES categories (id),
    PRIMARY KEY (supplier_id, category_id)
);
CREATE INDEX supplier_categories_by_category ON supplier_categories (category_id, supplier_id);

CREATE TABLE saved_views (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX saved_views_by_account ON saved_views (account_id);

-- What an import found, row by row, before anything is written to the register. The rows go
-- once the import is confirmed or discarded.
CREATE TABLE import_rows (
    import_id TEXT NOT NULL REFERENCES imports (id),
    row_number BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    match_key TEXT NOT NULL,
    site_key BIGINT NOT NULL,
    supplier_id TEXT NOT NULL,
    supplier_ordinal BIGINT NOT NULL,
    first_row BIGINT NOT NULL,
    site_id TEXT NOT NULL,
    uscc TEXT NOT NULL,
    problems TEXT NOT NULL,
    legal_name TEXT NOT NULL,
    english_name TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    stage TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    industry TEXT NOT NULL,
    website TEXT NOT NULL,
    note TEXT NOT NULL,
    site_kind TEXT NOT NULL,
    site_name TEXT NOT NULL,
    address TEXT NOT NULL,
    country TEXT NOT NULL,
    area TEXT NOT NULL,
    city TEXT NOT NULL,
    place_status TEXT NOT NULL,
    place_reason TEXT NOT NULL,
    place_candidates TEXT NOT NULL,
    PRIMARY KEY (import_id, row_number)
);
CREATE INDEX import_rows_by_key ON import_rows (import_id, match_key);
CREATE INDEX import_rows_by_site ON import_rows (import_id, site_key);
CREATE INDEX import_rows_by_outcome ON import_rows (import_id, outcome, row_number);
CREATE INDEX import_rows_unresolved ON import_rows (import_id, row_number)
    WHERE place_status = 'unresolved';

-- Identifiers of the suppliers that an import found new.
CREATE TABLE import_identifiers (
    import_id TEXT NOT NULL REFERENCES imports (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    id TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    supplier_id TEXT NOT NULL,
    doubtful BIGINT NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (import_id, kind, value)
);
CREATE INDEX import_identifiers_by_supplier ON import_identifiers (import_id, supplier_id);

CREATE TABLE import_contacts (
    id TEXT NOT NULL PRIMARY KEY,
    import_id TEXT NOT NULL REFERENCES imports (id),
    supplier_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone_sealed TEXT NOT NULL,
    phone_hint TEXT NOT NULL
);
CREATE INDEX import_contacts_by_supplier ON import_contacts (import_id, supplier_id);

CREATE TABLE import_categories (
    import_id TEXT NOT NULL REFERENCES imports (id),
    row_number BIGINT NOT NULL,
    supplier_id TEXT NOT NULL,
    category_id TEXT NOT NULL,
    PRIMARY KEY (import_id, row_number, category_id)
);
