-- Companies known for what they are: their groups, who they may be twice, who stands behind them;
-- and the register for programs: tokens, idempotent answers, webhooks.

-- Texts that names are found by have a new form: the program rewrites those that there are when it
-- opens the register. The value is the number of the last supplier done.
INSERT INTO settings (name, value) SELECT 'search_text', '0' WHERE EXISTS (SELECT 1 FROM suppliers);
-- Rows of lists that were looked over but not confirmed hold the old form.
UPDATE imports SET status = 'failed',
    failure = '{"field":"file","code":"import_interrupted","args":[]}'
WHERE status IN ('reading', 'ready', 'confirming');

-- A merged company stays as a row that leads to the one it was merged into.
ALTER TABLE suppliers ADD COLUMN merged_into TEXT REFERENCES suppliers (id);
CREATE INDEX suppliers_merged ON suppliers (merged_into, area, stage) WHERE merged_into IS NOT NULL;

-- Who controls whom, and since when. "share" is in hundredths of a percent. "valid_to" is the first
-- day on which the link is no more, 9999-12-31 while it lasts.
CREATE TABLE control_links (
    id TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT NOT NULL REFERENCES suppliers (id),
    child_id TEXT NOT NULL REFERENCES suppliers (id),
    kind TEXT NOT NULL,
    share BIGINT,
    evidence TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    recorded_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- Entered by mistake: it holds on no day.
    withdrawn_at TIMESTAMP
);
CREATE INDEX control_links_by_parent ON control_links (parent_id);
CREATE INDEX control_links_by_child ON control_links (child_id);

-- What names have in common that may be one company's: two companies with a key are compared.
CREATE TABLE supplier_keys (
    name_part TEXT NOT NULL,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    PRIMARY KEY (name_part, supplier_id)
);
CREATE INDEX supplier_keys_by_supplier ON supplier_keys (supplier_id);
-- Companies whose keys are still to be made and compared, oldest first: lists bring many at once.
CREATE TABLE comparisons_due (
    supplier_id TEXT NOT NULL PRIMARY KEY REFERENCES suppliers (id),
    since TIMESTAMP NOT NULL
);
CREATE INDEX comparisons_due_by_age ON comparisons_due (since, supplier_id);
INSERT INTO comparisons_due (supplier_id, since) SELECT id, created_at FROM suppliers;

-- Two companies that may be one. "first" has the smaller number. "score" is in thousandths.
CREATE TABLE duplicate_pairs (
    id TEXT NOT NULL PRIMARY KEY,
    first_id TEXT NOT NULL REFERENCES suppliers (id),
    second_id TEXT NOT NULL REFERENCES suppliers (id),
    score BIGINT NOT NULL,
    reasons TEXT NOT NULL,
    status TEXT NOT NULL,
    found_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decided_name TEXT NOT NULL,
    decision_reason TEXT NOT NULL,
    UNIQUE (first_id, second_id)
);
CREATE INDEX duplicate_pairs_by_status ON duplicate_pairs (status, score, id);
CREATE INDEX duplicate_pairs_by_second ON duplicate_pairs (second_id);

-- A merge, with everything that it moved, so that it can be undone.
CREATE TABLE merges (
    id TEXT NOT NULL PRIMARY KEY,
    kept_id TEXT NOT NULL REFERENCES suppliers (id),
    gone_id TEXT NOT NULL REFERENCES suppliers (id),
    pair_id TEXT REFERENCES duplicate_pairs (id),
    reason TEXT NOT NULL,
    moved TEXT NOT NULL,
    merged_at TIMESTAMP NOT NULL,
    merged_by TEXT NOT NULL,
    merged_name TEXT NOT NULL,
    undone_at TIMESTAMP,
    undone_by TEXT
);
CREATE INDEX merges_by_kept ON merges (kept_id);
CREATE INDEX merges_by_gone ON merges (gone_id);
CREATE INDEX merges_by_pair ON merges (pair_id);

-- Numbers of bank accounts and identity papers are sealed; the hint is what may be shown, and the
-- mark (a keyed hash) tells whether two are the same without opening either.
CREATE TABLE bank_accounts (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    holder TEXT NOT NULL,
    bank TEXT NOT NULL,
    bank_code TEXT NOT NULL,
    country TEXT NOT NULL,
    currency TEXT NOT NULL,
    number_sealed TEXT NOT NULL,
    number_hint TEXT NOT NULL,
    number_mark TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    confirmed_by TEXT,
    confirmed_at TIMESTAMP,
    removed_at TIMESTAMP
);
CREATE INDEX bank_accounts_by_supplier ON bank_accounts (supplier_id);
CREATE INDEX bank_accounts_by_mark ON bank_accounts (number_mark);

-- Those who stand behind a company: legal representative, beneficial owners, signatories.
CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    share BIGINT,
    paper TEXT NOT NULL,
    number_sealed TEXT NOT NULL,
    number_hint TEXT NOT NULL,
    number_mark TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP
);
CREATE INDEX people_by_supplier ON people (supplier_id);
CREATE INDEX people_by_mark ON people (number_mark);

-- A personal access token: only its id is kept, the signed token is shown once.
CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE INDEX api_tokens_by_account ON api_tokens (account_id);

-- What an Idempotency-Key was answered with. The id is "<account>:<key>".
CREATE TABLE api_answers (
    id TEXT NOT NULL PRIMARY KEY,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    location TEXT NOT NULL,
    etag TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX api_answers_by_age ON api_answers (created_at);

CREATE TABLE webhooks (
    id TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    secret_sealed TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    account_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- Told of what the audit trail records after this number.
    after_sequence BIGINT NOT NULL,
    failing_since TIMESTAMP,
    stopped_at TIMESTAMP,
    -- Why it is stopped: '', 'hand' or 'failing'.
    stopped_note TEXT NOT NULL
);
-- What is to be sent and what was. "next_try_at" is empty once it was delivered or given up; while
-- a node sends, it lies ahead, so that no other node does.
CREATE TABLE webhook_deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    webhook_id TEXT NOT NULL REFERENCES webhooks (id),
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    tries BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    next_try_at TIMESTAMP,
    delivered_at TIMESTAMP,
    given_up_at TIMESTAMP,
    last_answer TEXT NOT NULL
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_try_at);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
