-- Certification: who may supply what, until when, and how we know.

-- What a category demands of whoever supplies it. A published version is never edited: the next one
-- takes its place on its day.
CREATE TABLE access_standards (
    id TEXT NOT NULL PRIMARY KEY,
    category_id TEXT NOT NULL REFERENCES categories (id),
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    effective_from DATE,
    validity_months BIGINT NOT NULL,
    note TEXT NOT NULL,
    revision BIGINT NOT NULL,
    drafted_by TEXT NOT NULL,
    drafted_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    published_by TEXT,
    published_name TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL,
    UNIQUE (category_id, version)
);
CREATE INDEX access_standards_by_status ON access_standards (status, effective_from);

-- `subject` says what of the kind: a type of certificate, a kind of document, a category, a grade.
CREATE TABLE access_demands (
    id TEXT NOT NULL PRIMARY KEY,
    standard_id TEXT NOT NULL REFERENCES access_standards (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    UNIQUE (standard_id, kind, subject)
);

-- Certificates as companies and staff hand them in. What was decided about one is never edited; a
-- renewed certificate is a row of its own. `number_key` is the number without spaces and marks. A
-- certificate whose `valid_to` is missing has no end.
CREATE TABLE certificates (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    type_id TEXT NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    issuer TEXT NOT NULL,
    scope TEXT NOT NULL,
    holder TEXT NOT NULL,
    site_id TEXT REFERENCES sites (id),
    document_id TEXT REFERENCES documents (id),
    valid_from DATE NOT NULL,
    valid_to DATE,
    status TEXT NOT NULL,
    renews_id TEXT REFERENCES certificates (id),
    by_supplier BOOLEAN NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP NOT NULL,
    returned_at TIMESTAMP,
    returned_name TEXT NOT NULL,
    return_comment TEXT NOT NULL,
    method TEXT NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decided_name TEXT NOT NULL,
    decision_note TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX certificates_by_supplier ON certificates (supplier_id, type_id);
CREATE INDEX certificates_by_end ON certificates (status, valid_to, id);
CREATE INDEX certificates_by_number ON certificates (type_id, number_key);
CREATE INDEX certificates_by_status ON certificates (status, submitted_at, id);
CREATE INDEX certificates_by_day ON certificates (valid_to, id);
CREATE INDEX certificates_by_document ON certificates (document_id);

-- A company's certification for a category, from its application on. `valid_from` and `valid_to` are
-- days, the last one included; it counts from `decided_at`.
CREATE TABLE certifications (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    category_id TEXT NOT NULL REFERENCES categories (id),
    standard_id TEXT NOT NULL REFERENCES access_standards (id),
    status TEXT NOT NULL,
    renews_id TEXT REFERENCES certifications (id),
    by_supplier BOOLEAN NOT NULL,
    applied_by TEXT NOT NULL,
    applied_name TEXT NOT NULL,
    applied_at TIMESTAMP NOT NULL,
    note TEXT NOT NULL,
    returned_at TIMESTAMP,
    returned_by TEXT,
    returned_name TEXT NOT NULL,
    return_comment TEXT NOT NULL,
    audited_at TIMESTAMP,
    audited_by TEXT,
    audited_name TEXT NOT NULL,
    audit_note TEXT NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decided_name TEXT NOT NULL,
    decision_note TEXT NOT NULL,
    valid_from DATE,
    valid_to DATE,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX certifications_by_supplier ON certifications (supplier_id, category_id);
CREATE INDEX certifications_by_category ON certifications (category_id, status, supplier_id);
CREATE INDEX certifications_by_status ON certifications (status, applied_at, id);
CREATE INDEX certifications_by_end ON certifications (status, valid_to, id);

-- What the auditor found, demand by demand.
CREATE TABLE certification_checks (
    id TEXT NOT NULL PRIMARY KEY,
    certification_id TEXT NOT NULL REFERENCES certifications (id),
    demand_id TEXT NOT NULL REFERENCES access_demands (id),
    verdict TEXT NOT NULL,
    note TEXT NOT NULL,
    checked_by TEXT NOT NULL,
    checked_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (certification_id, demand_id)
);

-- A certification does not count while one of these runs. `subject` is what is missing, for a cause
-- that the register finds by itself.
CREATE TABLE certification_suspensions (
    id TEXT NOT NULL PRIMARY KEY,
    certification_id TEXT NOT NULL REFERENCES certifications (id),
    cause TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    begun_by TEXT NOT NULL,
    begun_name TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX certification_suspensions_by_certification
    ON certification_suspensions (certification_id, begun_at);

-- Audits of what a company says of itself, section by section, by one person, decided by another.
CREATE TABLE basic_audits (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    status TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    outcome TEXT NOT NULL,
    proposed_at TIMESTAMP,
    proposed_by TEXT,
    proposed_name TEXT NOT NULL,
    proposal_note TEXT NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decided_name TEXT NOT NULL,
    decision_note TEXT NOT NULL,
    valid_from DATE,
    valid_to DATE,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX basic_audits_by_supplier ON basic_audits (supplier_id, id);
CREATE INDEX basic_audits_by_status ON basic_audits (status, created_at, id);
CREATE INDEX basic_audits_by_end ON basic_audits (status, valid_to, id);

CREATE TABLE basic_audit_sections (
    id TEXT NOT NULL PRIMARY KEY,
    audit_id TEXT NOT NULL REFERENCES basic_audits (id),
    section TEXT NOT NULL,
    verdict TEXT NOT NULL,
    source TEXT NOT NULL,
    evidence TEXT NOT NULL,
    document_id TEXT REFERENCES documents (id),
    examined_at TIMESTAMP,
    examined_by TEXT,
    examined_name TEXT NOT NULL,
    UNIQUE (audit_id, section)
);

-- Whether somebody behind a company is who the register says. `secret_sealed` is what the person has
-- to tell us back (the amount of a small transfer), sealed; "" where there is nothing.
CREATE TABLE authentications (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    method TEXT NOT NULL,
    status TEXT NOT NULL,
    evidence TEXT NOT NULL,
    document_id TEXT REFERENCES documents (id),
    secret_sealed TEXT NOT NULL,
    tries BIGINT NOT NULL,
    begun_by TEXT NOT NULL,
    begun_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    verified_at TIMESTAMP,
    verified_by TEXT,
    verified_name TEXT NOT NULL,
    verification_note TEXT NOT NULL,
    valid_to DATE,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX authentications_by_supplier ON authentications (supplier_id, person_id);
CREATE INDEX authentications_by_status ON authentications (status, created_at, id);
CREATE INDEX authentications_by_end ON authentications (status, valid_to, id);

CREATE INDEX documents_by_end ON documents (valid_to, id);

-- Who of staff looks after a company.
CREATE TABLE relationship_owners (
    supplier_id TEXT NOT NULL PRIMARY KEY REFERENCES suppliers (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    assigned_by TEXT NOT NULL,
    assigned_name TEXT NOT NULL,
    assigned_at TIMESTAMP NOT NULL
);
CREATE INDEX relationship_owners_by_account ON relationship_owners (account_id, supplier_id);

-- Reminders that went out: each step of each thing that runs out once. `step` is days before the end;
-- after it, days past it, below zero.
CREATE TABLE reminders (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    due_on DATE NOT NULL,
    step BIGINT NOT NULL,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    created_at TIMESTAMP NOT NULL,
    UNIQUE (kind, subject_id, due_on, step)
);
CREATE INDEX reminders_by_supplier ON reminders (supplier_id, id);

-- Work that the server does by the clock. Whoever claims a job does it; nobody else until then.
CREATE TABLE jobs (
    name TEXT NOT NULL PRIMARY KEY,
    next_at TIMESTAMP NOT NULL,
    claimed_by TEXT,
    claimed_until TIMESTAMP,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    done BIGINT NOT NULL,
    outcome TEXT NOT NULL
);
