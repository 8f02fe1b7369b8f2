-- From a need to an introduced supplier: letters, evidence files, needs, candidates, registrations.

-- Letters to people: written in the transaction of what they tell of, sent afterwards. `link` is
-- the one secret of a letter, sealed; {link} stands in its place in both texts.
CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    supplier_id TEXT REFERENCES suppliers (id),
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    link_sealed TEXT NOT NULL,
    tries BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    next_try_at TIMESTAMP,
    sent_at TIMESTAMP,
    given_up_at TIMESTAMP,
    last_answer TEXT NOT NULL
);
CREATE INDEX messages_due ON messages (next_try_at);
CREATE INDEX messages_by_supplier ON messages (supplier_id, id);

-- Evidence files. What they hold is stored by its SHA-256, in a folder or in S3.
CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    valid_to DATE,
    uploaded_by TEXT NOT NULL,
    uploaded_name TEXT NOT NULL,
    by_supplier BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP
);
CREATE INDEX documents_by_supplier ON documents (supplier_id, removed_at, id);
CREATE INDEX documents_by_content ON documents (sha256);

CREATE TABLE needs (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    category_id TEXT NOT NULL REFERENCES categories (id),
    area TEXT NOT NULL,
    reason TEXT NOT NULL,
    needed_by DATE NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_name TEXT NOT NULL,
    revision BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    closed_by TEXT,
    closed_name TEXT NOT NULL,
    closed_reason TEXT NOT NULL
);
CREATE INDEX needs_by_state ON needs (closed_at, needed_by, id);

-- Criteria are written before the first verdict and stay as they are after it.
CREATE TABLE need_criteria (
    id TEXT NOT NULL PRIMARY KEY,
    need_id TEXT NOT NULL REFERENCES needs (id),
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    strength TEXT NOT NULL,
    method TEXT NOT NULL,
    weight BIGINT NOT NULL
);
CREATE INDEX need_criteria_by_need ON need_criteria (need_id, position);

-- A company proposed by staff or by itself. Once accepted it is a supplier in its first stage.
CREATE TABLE candidates (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    need_id TEXT REFERENCES needs (id),
    category_id TEXT REFERENCES categories (id),
    origin TEXT NOT NULL,
    status TEXT NOT NULL,
    legal_name TEXT NOT NULL,
    english_name TEXT NOT NULL,
    country TEXT NOT NULL,
    address TEXT NOT NULL,
    website TEXT NOT NULL,
    identifier_kind TEXT NOT NULL,
    identifier_value TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    contact_phone_sealed TEXT NOT NULL,
    contact_phone_hint TEXT NOT NULL,
    language TEXT NOT NULL,
    note TEXT NOT NULL,
    supplier_id TEXT REFERENCES suppliers (id),
    proposed_by TEXT,
    proposed_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decided_name TEXT NOT NULL,
    decision_reason TEXT NOT NULL
);
CREATE INDEX candidates_by_status ON candidates (status, id);
CREATE INDEX candidates_by_need ON candidates (need_id, id);
CREATE INDEX candidates_by_supplier ON candidates (supplier_id);

CREATE TABLE screenings (
    id TEXT NOT NULL PRIMARY KEY,
    candidate_id TEXT NOT NULL REFERENCES candidates (id),
    criterion_id TEXT NOT NULL REFERENCES need_criteria (id),
    passed BOOLEAN,
    score BIGINT,
    reason TEXT NOT NULL,
    screened_by TEXT NOT NULL,
    screened_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (candidate_id, criterion_id)
);

-- What a company says of itself, section by section, until staff accept it into the register:
-- for its introduction, or later as a change.
CREATE TABLE registrations (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    purpose TEXT NOT NULL,
    status TEXT NOT NULL,
    round BIGINT NOT NULL,
    due_on DATE,
    started_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP,
    submitted_by TEXT,
    submitted_name TEXT NOT NULL,
    reviewed_at TIMESTAMP,
    reviewed_by TEXT,
    reviewed_name TEXT NOT NULL,
    finished_at TIMESTAMP,
    finished_by TEXT,
    finished_name TEXT NOT NULL,
    finished_reason TEXT NOT NULL
);
CREATE INDEX registrations_by_status ON registrations (status, submitted_at, id);
CREATE INDEX registrations_by_supplier ON registrations (supplier_id, id);

-- `answers_sealed` is the JSON of what was typed, sealed: it has bank accounts and papers in it.
-- `before_sealed` is the same of what the register had when it was submitted.
CREATE TABLE registration_sections (
    id TEXT NOT NULL PRIMARY KEY,
    registration_id TEXT NOT NULL REFERENCES registrations (id),
    section TEXT NOT NULL,
    answers_sealed TEXT NOT NULL,
    before_sealed TEXT NOT NULL,
    complete BOOLEAN NOT NULL,
    revision BIGINT NOT NULL,
    saved_at TIMESTAMP,
    saved_by TEXT,
    saved_name TEXT NOT NULL,
    verdict TEXT NOT NULL,
    verdict_at TIMESTAMP,
    verdict_by TEXT,
    verdict_name TEXT NOT NULL,
    UNIQUE (registration_id, section)
);

-- What a reviewer asks to be changed, at a field; "" is the section as a whole.
CREATE TABLE review_comments (
    id TEXT NOT NULL PRIMARY KEY,
    registration_id TEXT NOT NULL REFERENCES registrations (id),
    section TEXT NOT NULL,
    field TEXT NOT NULL,
    round BIGINT NOT NULL,
    comment TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    answered_at TIMESTAMP
);
CREATE INDEX review_comments_by_registration ON review_comments (registration_id, section);

-- A section handed on to a colleague, who may not have an account yet.
CREATE TABLE section_forwards (
    id TEXT NOT NULL PRIMARY KEY,
    registration_id TEXT NOT NULL REFERENCES registrations (id),
    section TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    due_on DATE,
    forwarded_by TEXT NOT NULL,
    forwarded_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    done_at TIMESTAMP,
    withdrawn_at TIMESTAMP
);
CREATE INDEX section_forwards_by_registration ON section_forwards (registration_id);
CREATE INDEX section_forwards_by_email ON section_forwards (email, done_at);

-- What a company has declared about conflicts of interest, as accepted. Never edited: a newer
-- declaration takes the place of an older one.
CREATE TABLE declarations (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    registration_id TEXT NOT NULL REFERENCES registrations (id),
    has_conflicts BOOLEAN NOT NULL,
    details TEXT NOT NULL,
    declared_by TEXT NOT NULL,
    declared_name TEXT NOT NULL,
    declared_at TIMESTAMP NOT NULL,
    accepted_at TIMESTAMP NOT NULL
);
CREATE INDEX declarations_by_supplier ON declarations (supplier_id, id);

-- Accounts of people who are no longer with their company, and who took over from them.
ALTER TABLE accounts ADD COLUMN replaced_by TEXT;
CREATE INDEX invitations_by_supplier ON invitations (supplier_id);

-- What waits for a second person, oldest first.
CREATE INDEX identifiers_unconfirmed ON identifiers (created_at)
    WHERE confirmed_at IS NULL AND removed_at IS NULL;
CREATE INDEX bank_accounts_unconfirmed ON bank_accounts (created_at)
    WHERE confirmed_at IS NULL AND removed_at IS NULL;
