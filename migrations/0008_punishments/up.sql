-- Punishments: what is laid down for which wrong, how a case is heard, whom a measure holds, and for how long.

-- A published version is never edited: the next one takes its place on its day.
CREATE TABLE punishment_standard_versions (
    id TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    note TEXT NOT NULL,
    effective_from DATE,
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
    ended_reason TEXT NOT NULL
);
CREATE INDEX punishment_standard_versions_by_status ON punishment_standard_versions (status, effective_from);

-- What follows from a violation of a severity. Terms are in months; without a longest one the measure has no
-- end. `violation` stays the same from version to version. `interim_days` is 0 where nothing may be ordered
-- before the decision.
CREATE TABLE punishment_standards (
    id TEXT NOT NULL PRIMARY KEY,
    version_id TEXT NOT NULL REFERENCES punishment_standard_versions (id),
    position BIGINT NOT NULL,
    violation TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    severity TEXT NOT NULL,
    measure TEXT NOT NULL,
    measure_note_en TEXT NOT NULL,
    measure_note_zh TEXT NOT NULL,
    term_from BIGINT NOT NULL,
    term_to BIGINT,
    reach TEXT NOT NULL,
    orders TEXT NOT NULL,
    bars_data BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    notice_days BIGINT NOT NULL,
    reply_days BIGINT NOT NULL,
    appeal_days BIGINT NOT NULL,
    interim_days BIGINT NOT NULL,
    release TEXT NOT NULL,
    recertifies BOOLEAN NOT NULL,
    points BIGINT NOT NULL,
    UNIQUE (version_id, violation, severity)
);

-- A case against a company. What was decided stands in its ballots, whom it holds in its members. The first day
-- on which a measure holds no more is `to_on`.
CREATE TABLE punishment_cases (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    standard_id TEXT NOT NULL REFERENCES punishment_standards (id),
    violation TEXT NOT NULL,
    severity TEXT NOT NULL,
    origin TEXT NOT NULL,
    effect_id TEXT UNIQUE REFERENCES inspection_effects (id),
    area TEXT NOT NULL,
    deed_on DATE NOT NULL,
    facts TEXT NOT NULL,
    status TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_name TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    notice_by DATE NOT NULL,
    served_at TIMESTAMP,
    reply_by DATE,
    replied_at TIMESTAMP,
    decide_by DATE,
    decided_at TIMESTAMP,
    measure TEXT,
    orders TEXT,
    bars_data BOOLEAN NOT NULL,
    from_on DATE,
    to_on DATE,
    appeal_by DATE,
    appealed_at TIMESTAMP,
    hear_by DATE,
    ended_at TIMESTAMP,
    ended_reason TEXT NOT NULL,
    reminded_on DATE
);
CREATE INDEX punishment_cases_by_status ON punishment_cases (status, id);
CREATE INDEX punishment_cases_by_supplier ON punishment_cases (supplier_id, status);
CREATE INDEX punishment_cases_by_end ON punishment_cases (status, to_on);
CREATE INDEX punishment_cases_by_decision ON punishment_cases (decided_at, area);

-- All that happened to a case, in order: never edited. Some of it is for us alone.
CREATE TABLE punishment_steps (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES punishment_cases (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    by_supplier BOOLEAN NOT NULL,
    is_shown BOOLEAN NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX punishment_steps_by_case ON punishment_steps (case_id, at);

-- Evidence of a step, ours and the company's. Who may not see cases does not see these documents.
CREATE TABLE punishment_papers (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES punishment_cases (id),
    step_id TEXT NOT NULL REFERENCES punishment_steps (id),
    document_id TEXT NOT NULL UNIQUE REFERENCES documents (id)
);
CREATE INDEX punishment_papers_by_case ON punishment_papers (case_id, step_id);

-- What may not wait for the decision.
CREATE TABLE punishment_interims (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES punishment_cases (id),
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    orders TEXT NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    reason TEXT NOT NULL,
    imposed_by TEXT NOT NULL,
    imposed_name TEXT NOT NULL,
    imposed_at TIMESTAMP NOT NULL,
    reviewed_at TIMESTAMP,
    reviewed_by TEXT,
    reviewed_name TEXT NOT NULL,
    ended_on DATE,
    ended_reason TEXT NOT NULL
);
CREATE INDEX punishment_interims_by_case ON punishment_interims (case_id);
CREATE INDEX punishment_interims_by_supplier ON punishment_interims (supplier_id, to_on);

-- What is voted on: a decision, an appeal, an early end. Everybody of the body that the standard names agrees,
-- or it fails. `group_hash` is that of the group as the ballot saw it; terms are in months.
CREATE TABLE punishment_ballots (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES punishment_cases (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    measure TEXT,
    orders TEXT,
    bars_data BOOLEAN NOT NULL,
    term BIGINT,
    grounds TEXT NOT NULL,
    departure TEXT NOT NULL,
    board_notice TEXT NOT NULL,
    group_hash TEXT NOT NULL,
    status TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_name TEXT NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    UNIQUE (case_id, number)
);
CREATE INDEX punishment_ballots_by_status ON punishment_ballots (status, opened_at);

CREATE TABLE punishment_votes (
    id TEXT NOT NULL PRIMARY KEY,
    ballot_id TEXT NOT NULL REFERENCES punishment_ballots (id),
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    role TEXT NOT NULL,
    agrees BOOLEAN NOT NULL,
    grounds TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    UNIQUE (ballot_id, account_id)
);

-- The companies of a group that a case was about, and whether its measure holds them. One that joined later
-- waits until somebody says so. While `from_on` is missing nothing holds. A company that was freed and comes
-- back has another row, and so have two entries of one company once they are merged.
CREATE TABLE punishment_members (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES punishment_cases (id),
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    ground TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    from_on DATE,
    to_on DATE,
    found_at TIMESTAMP NOT NULL,
    left_at TIMESTAMP,
    settled_at TIMESTAMP,
    settled_by TEXT,
    settled_name TEXT NOT NULL
);
CREATE INDEX punishment_members_by_case ON punishment_members (case_id, supplier_id);
CREATE INDEX punishment_members_by_supplier ON punishment_members (supplier_id, status, to_on);
CREATE INDEX punishment_members_by_status ON punishment_members (status, found_at);

-- A company that shares something with one under a measure, or under a case. It waits for a person.
CREATE TABLE evasion_links (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    case_id TEXT NOT NULL REFERENCES punishment_cases (id),
    other_id TEXT NOT NULL REFERENCES suppliers (id),
    kind TEXT NOT NULL,
    shared TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    status TEXT NOT NULL,
    found_at TIMESTAMP NOT NULL,
    settled_at TIMESTAMP,
    settled_by TEXT,
    settled_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (supplier_id, case_id, other_id, kind)
);
CREATE INDEX evasion_links_by_status ON evasion_links (status, found_at);
CREATE INDEX evasion_links_by_supplier ON evasion_links (supplier_id, status);

-- What a company can share with another, comparable: hashes, those of sealed numbers keyed. Made anew whenever
-- the company is looked at; `is_secret` is made from what only the key opens.
CREATE TABLE evasion_traces (
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    paper TEXT NOT NULL,
    shown TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    is_secret BOOLEAN NOT NULL,
    PRIMARY KEY (supplier_id, kind, value, is_secret)
);
CREATE INDEX evasion_traces_by_value ON evasion_traces (value, supplier_id);

-- Companies that are to be looked at.
CREATE TABLE evasion_due (
    supplier_id TEXT NOT NULL PRIMARY KEY REFERENCES suppliers (id),
    since TIMESTAMP NOT NULL
);
CREATE INDEX evasion_due_by_age ON evasion_due (since, supplier_id);
