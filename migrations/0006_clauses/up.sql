-- Clauses: what companies sign, which text exactly, who has signed it, and the proof.

CREATE TABLE clauses (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL,
    name_en TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- A published version is never edited: the next one takes its place on its day. The texts are Markdown
-- in their canonical form; `sha256_…` are those of their bytes in UTF-8.
CREATE TABLE clause_versions (
    id TEXT NOT NULL PRIMARY KEY,
    clause_id TEXT NOT NULL REFERENCES clauses (id),
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    text_en TEXT NOT NULL,
    text_zh TEXT NOT NULL,
    sha256_en TEXT NOT NULL,
    sha256_zh TEXT NOT NULL,
    note TEXT NOT NULL,
    whom TEXT NOT NULL,
    effective_from DATE,
    revision BIGINT NOT NULL,
    drafted_by TEXT NOT NULL,
    drafted_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    reviewed_at TIMESTAMP,
    reviewed_by TEXT,
    reviewed_name TEXT NOT NULL,
    review_note TEXT NOT NULL,
    published_at TIMESTAMP,
    published_by TEXT,
    published_name TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL,
    UNIQUE (clause_id, version)
);
CREATE INDEX clause_versions_by_status ON clause_versions (status, effective_from);

-- Who must sign a version whose `whom` is "some": those to whom any of these applies.
CREATE TABLE clause_duties (
    id TEXT NOT NULL PRIMARY KEY,
    version_id TEXT NOT NULL REFERENCES clause_versions (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    UNIQUE (version_id, kind, subject)
);

-- Companies that touch our data, and when.
CREATE TABLE data_access (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    reason TEXT NOT NULL,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    begun_by TEXT NOT NULL,
    begun_name TEXT NOT NULL,
    ended_by TEXT,
    ended_name TEXT NOT NULL
);
CREATE INDEX data_access_by_supplier ON data_access (supplier_id, valid_to);

-- Which of a company's accounts is which of those who may sign for it, and what the right to sign
-- rests on.
CREATE TABLE signing_rights (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    status TEXT NOT NULL,
    basis TEXT NOT NULL,
    document_id TEXT REFERENCES documents (id),
    requested_by TEXT NOT NULL,
    requested_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decided_name TEXT NOT NULL,
    decision_note TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX signing_rights_by_supplier ON signing_rights (supplier_id, status);
CREATE INDEX signing_rights_by_account ON signing_rights (account_id, status);
CREATE INDEX signing_rights_by_status ON signing_rights (status, created_at, id);

-- The public halves of the keys that the register has signed with.
CREATE TABLE signing_keys (
    id TEXT NOT NULL PRIMARY KEY,
    public_key TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL
);

-- Signatures: one chain. Nothing here is ever updated or deleted, and the database refuses both.
-- `round` counts the signatures of a company under a version that were declared void before.
-- `receipt` is the signed text that both sides hold; `hash` is its SHA-256, which the next one names.
CREATE TABLE signatures (
    id TEXT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL UNIQUE,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    version_id TEXT NOT NULL REFERENCES clause_versions (id),
    round BIGINT NOT NULL,
    method TEXT NOT NULL,
    language TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    company_number BIGINT NOT NULL,
    company_name TEXT NOT NULL,
    person_id TEXT REFERENCES people (id),
    authentication_id TEXT REFERENCES authentications (id),
    right_id TEXT REFERENCES signing_rights (id),
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    typed_name TEXT NOT NULL,
    typed_title TEXT NOT NULL,
    authority TEXT NOT NULL,
    confirmation TEXT NOT NULL,
    reading TEXT NOT NULL,
    signed_at TIMESTAMP NOT NULL,
    time_zone TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    document_id TEXT REFERENCES documents (id),
    document_sha256 TEXT NOT NULL,
    paper_date DATE,
    previous_hash TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    key_id TEXT NOT NULL REFERENCES signing_keys (id),
    receipt TEXT NOT NULL,
    UNIQUE (supplier_id, version_id, round)
);
CREATE INDEX signatures_by_version ON signatures (version_id, supplier_id);

-- Whose signature it is in the register of today: a merge moves this, and never the signature.
CREATE TABLE signature_holders (
    id TEXT NOT NULL PRIMARY KEY REFERENCES signatures (id),
    supplier_id TEXT NOT NULL REFERENCES suppliers (id)
);
CREATE INDEX signature_holders_by_supplier ON signature_holders (supplier_id);

-- Signatures that count no more from a moment on: forged, or recorded for the wrong company.
CREATE TABLE signature_voids (
    signature_id TEXT NOT NULL PRIMARY KEY REFERENCES signatures (id),
    reason TEXT NOT NULL,
    voided_at TIMESTAMP NOT NULL,
    voided_by TEXT NOT NULL,
    voided_name TEXT NOT NULL
);

-- Companies that need not sign a clause for a time.
CREATE TABLE clause_exceptions (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    clause_id TEXT NOT NULL REFERENCES clauses (id),
    reason TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    granted_by TEXT NOT NULL,
    granted_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX clause_exceptions_by_supplier ON clause_exceptions (supplier_id, clause_id);
CREATE INDEX clause_exceptions_by_clause ON clause_exceptions (clause_id, valid_to);

-- Companies that were asked to sign a version; one that has signed since, or need not any more, is
-- settled.
CREATE TABLE clause_requests (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    version_id TEXT NOT NULL REFERENCES clause_versions (id),
    requested_by TEXT NOT NULL,
    requested_name TEXT NOT NULL,
    requested_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP
);
CREATE INDEX clause_requests_by_supplier ON clause_requests (supplier_id, version_id);
CREATE INDEX clause_requests_by_version ON clause_requests (version_id, supplier_id);
CREATE INDEX clause_requests_open ON clause_requests (settled_at, supplier_id);

-- The heads of both chains at a moment, signed: whoever holds one notices when a tail is cut off.
CREATE TABLE checkpoints (
    id TEXT NOT NULL PRIMARY KEY,
    day DATE NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    audit_sequence BIGINT NOT NULL,
    audit_hash TEXT NOT NULL,
    signature_sequence BIGINT NOT NULL,
    signature_hash TEXT NOT NULL,
    key_id TEXT NOT NULL REFERENCES signing_keys (id),
    statement TEXT NOT NULL
);
