-- Inspections: what is looked at, whom chance has chosen and why, what was found, what was done about it.

-- How much a company's failure would harm: recorded by people, one at a time. Who has none is "medium".
CREATE TABLE risk_tiers (
    id TEXT NOT NULL PRIMARY KEY,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    tier TEXT NOT NULL,
    reason TEXT NOT NULL,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_name TEXT NOT NULL
);
CREATE INDEX risk_tiers_by_supplier ON risk_tiers (supplier_id, valid_to);
CREATE INDEX risk_tiers_by_tier ON risk_tiers (tier, valid_to, supplier_id);

-- What inspectors go through.
CREATE TABLE checklists (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- A published version is never edited: the next one takes its place on its day.
CREATE TABLE checklist_versions (
    id TEXT NOT NULL PRIMARY KEY,
    checklist_id TEXT NOT NULL REFERENCES checklists (id),
    version BIGINT NOT NULL,
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
    ended_reason TEXT NOT NULL,
    UNIQUE (checklist_id, version)
);
CREATE INDEX checklist_versions_by_status ON checklist_versions (status, effective_from);

-- `severity` is what breaking it is usually held for. `subject_kind` and `subject` name the indicator or
-- the clause that it tests. `code` stays the same from version to version.
CREATE TABLE checklist_items (
    id TEXT NOT NULL PRIMARY KEY,
    version_id TEXT NOT NULL REFERENCES checklist_versions (id),
    position BIGINT NOT NULL,
    code TEXT NOT NULL,
    section_en TEXT NOT NULL,
    section_zh TEXT NOT NULL,
    question_en TEXT NOT NULL,
    question_zh TEXT NOT NULL,
    guidance_en TEXT NOT NULL,
    guidance_zh TEXT NOT NULL,
    severity TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    UNIQUE (version_id, code)
);

-- What is to be inspected in a period. `scope` and `sampling` are JSON. Effort is in hours, for each
-- inspection.
CREATE TABLE inspection_plans (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    checklist_version_id TEXT NOT NULL REFERENCES checklist_versions (id),
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    scheme TEXT NOT NULL,
    scope TEXT NOT NULL,
    sampling TEXT NOT NULL,
    effort_hours BIGINT NOT NULL,
    note TEXT NOT NULL,
    revision BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX inspection_plans_by_status ON inspection_plans (status, period_from, id);
CREATE INDEX inspection_plans_by_period ON inspection_plans (period_from, period_to);

-- Who inspects under a plan.
CREATE TABLE plan_inspectors (
    plan_id TEXT NOT NULL REFERENCES inspection_plans (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (plan_id, account_id)
);

-- A draw: the seed's hash is told first, then the roster is frozen, then the seed is told, by another
-- person, who adds a salt. `strata` is JSON.
CREATE TABLE draws (
    id TEXT NOT NULL PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES inspection_plans (id),
    status TEXT NOT NULL,
    seed_sealed TEXT NOT NULL,
    commitment TEXT NOT NULL,
    committed_at TIMESTAMP NOT NULL,
    committed_by TEXT NOT NULL,
    committed_name TEXT NOT NULL,
    roster_hash TEXT NOT NULL,
    roster_size BIGINT NOT NULL,
    sample_size BIGINT NOT NULL,
    strata TEXT NOT NULL,
    frozen_at TIMESTAMP,
    frozen_by TEXT,
    frozen_name TEXT NOT NULL,
    seed TEXT NOT NULL,
    salt TEXT NOT NULL,
    revealed_at TIMESTAMP,
    revealed_by TEXT,
    revealed_name TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX draws_by_plan ON draws (plan_id, committed_at);
CREATE INDEX draws_by_status ON draws (status, committed_at);

-- A company on the roster of a draw, as it stood when the roster was frozen. `certain` says why it is in
-- without chance; `chosen` how it came into the sample.
CREATE TABLE draw_entries (
    id TEXT NOT NULL PRIMARY KEY,
    draw_id TEXT NOT NULL REFERENCES draws (id),
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    number BIGINT NOT NULL,
    area TEXT NOT NULL,
    region TEXT NOT NULL,
    category_id TEXT REFERENCES categories (id),
    category_code TEXT NOT NULL,
    tier TEXT NOT NULL,
    stratum TEXT NOT NULL,
    weight BIGINT NOT NULL,
    certain TEXT NOT NULL,
    draw_key DOUBLE PRECISION,
    rank BIGINT,
    chosen TEXT NOT NULL,
    replaces_id TEXT REFERENCES draw_entries (id),
    changed_at TIMESTAMP,
    changed_by TEXT,
    changed_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (draw_id, supplier_id)
);
CREATE INDEX draw_entries_by_draw ON draw_entries (draw_id, stratum, rank);
CREATE INDEX draw_entries_by_number ON draw_entries (draw_id, number);
CREATE INDEX draw_entries_by_supplier ON draw_entries (supplier_id, draw_id);

-- A visit to a company. `area` and `category_id` are those for which it counts.
CREATE TABLE inspections (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    site_id TEXT REFERENCES sites (id),
    plan_id TEXT REFERENCES inspection_plans (id),
    entry_id TEXT UNIQUE REFERENCES draw_entries (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    checklist_version_id TEXT NOT NULL REFERENCES checklist_versions (id),
    category_id TEXT REFERENCES categories (id),
    area TEXT NOT NULL,
    status TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    inspector_id TEXT REFERENCES accounts (id),
    inspector_name TEXT NOT NULL,
    planned_on DATE,
    visited_on DATE,
    place TEXT NOT NULL,
    people_met TEXT NOT NULL,
    summary TEXT NOT NULL,
    signed_off_at TIMESTAMP,
    signed_off_name TEXT NOT NULL,
    representative_name TEXT NOT NULL,
    representative_title TEXT NOT NULL,
    acknowledged_at TIMESTAMP,
    acknowledged_by TEXT,
    acknowledged_note TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_name TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX inspections_by_supplier ON inspections (supplier_id, created_at);
CREATE INDEX inspections_by_status ON inspections (status, planned_on, id);
CREATE INDEX inspections_by_inspector ON inspections (inspector_id, status, planned_on);
CREATE INDEX inspections_by_plan ON inspections (plan_id, status);
CREATE INDEX inspections_by_day ON inspections (visited_on, area);
CREATE INDEX inspections_by_planned_day ON inspections (planned_on, id);

-- What inspectors say of their ties to the company, before they go.
CREATE TABLE inspection_declarations (
    id TEXT NOT NULL PRIMARY KEY,
    inspection_id TEXT NOT NULL REFERENCES inspections (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    account_name TEXT NOT NULL,
    has_conflict BOOLEAN NOT NULL,
    statement TEXT NOT NULL,
    declared_at TIMESTAMP NOT NULL
);
CREATE INDEX inspection_declarations_by_inspection ON inspection_declarations (inspection_id, declared_at);

-- What was found at an item of the checklist. `revision` counts the changes before the signing off.
CREATE TABLE inspection_results (
    id TEXT NOT NULL PRIMARY KEY,
    inspection_id TEXT NOT NULL REFERENCES inspections (id),
    item_id TEXT NOT NULL REFERENCES checklist_items (id),
    outcome TEXT NOT NULL,
    remark TEXT NOT NULL,
    revision BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_name TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (inspection_id, item_id)
);

-- Photos and papers of an inspection; `item_id` is missing for those that belong to the whole.
CREATE TABLE inspection_evidence (
    id TEXT NOT NULL PRIMARY KEY,
    inspection_id TEXT NOT NULL REFERENCES inspections (id),
    item_id TEXT REFERENCES checklist_items (id),
    document_id TEXT NOT NULL REFERENCES documents (id),
    note TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_name TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP,
    removed_by TEXT
);
CREATE INDEX inspection_evidence_by_inspection ON inspection_evidence (inspection_id, item_id);
CREATE INDEX inspection_evidence_by_document ON inspection_evidence (document_id);

-- What a company has to put right. `repeats_id` is the finding of an earlier inspection at the same item.
-- `escalations` counts the reminders of the overdue one.
CREATE TABLE findings (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    inspection_id TEXT NOT NULL REFERENCES inspections (id),
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    item_id TEXT NOT NULL REFERENCES checklist_items (id),
    item_code TEXT NOT NULL,
    category_id TEXT REFERENCES categories (id),
    area TEXT NOT NULL,
    severity TEXT NOT NULL,
    statement TEXT NOT NULL,
    status TEXT NOT NULL,
    raised_on DATE NOT NULL,
    raised_by TEXT NOT NULL,
    raised_name TEXT NOT NULL,
    raised_at TIMESTAMP NOT NULL,
    contain_by DATE,
    contained_at TIMESTAMP,
    due_on DATE NOT NULL,
    answered_at TIMESTAMP,
    disputed_at TIMESTAMP,
    closed_at TIMESTAMP,
    closed_by TEXT,
    closed_name TEXT NOT NULL,
    reopened BIGINT NOT NULL,
    escalations BIGINT NOT NULL,
    escalated_at TIMESTAMP,
    repeats_id TEXT REFERENCES findings (id),
    UNIQUE (inspection_id, item_id)
);
CREATE INDEX findings_by_supplier ON findings (supplier_id, status, due_on);
CREATE INDEX findings_by_item ON findings (supplier_id, item_code, raised_on);
CREATE INDEX findings_by_due ON findings (status, due_on, id);
CREATE INDEX findings_by_contain ON findings (status, contain_by, id);
CREATE INDEX findings_by_raised ON findings (raised_on, area);

-- What the company does about a finding; each answer is a row of its own.
CREATE TABLE corrective_actions (
    id TEXT NOT NULL PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id),
    round BIGINT NOT NULL,
    root_cause TEXT NOT NULL,
    action TEXT NOT NULL,
    owner TEXT NOT NULL,
    done_on DATE NOT NULL,
    status TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_name TEXT NOT NULL,
    answered_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decided_name TEXT NOT NULL,
    decision_note TEXT NOT NULL,
    UNIQUE (finding_id, round)
);

-- All that happened to a finding, in order: never edited.
CREATE TABLE finding_steps (
    id TEXT NOT NULL PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    by_supplier BOOLEAN NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX finding_steps_by_finding ON finding_steps (finding_id, at);

-- Files that the company hands in for a finding, each with the step it belongs to.
CREATE TABLE finding_evidence (
    id TEXT NOT NULL PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings (id),
    step_id TEXT REFERENCES finding_steps (id),
    document_id TEXT NOT NULL REFERENCES documents (id),
    added_by TEXT NOT NULL,
    added_name TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL
);
CREATE INDEX finding_evidence_by_finding ON finding_evidence (finding_id, step_id);
CREATE INDEX finding_evidence_by_document ON finding_evidence (document_id);

-- The written rules of what follows from findings. A published version is never edited.
CREATE TABLE result_rule_versions (
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
CREATE INDEX result_rule_versions_by_status ON result_rule_versions (status, effective_from);

-- When `occasion` happens `threshold` times with findings of a severity, `effect` follows. `points` are
-- taken off the score; `months` say how long they last.
CREATE TABLE result_rules (
    id TEXT NOT NULL PRIMARY KEY,
    version_id TEXT NOT NULL REFERENCES result_rule_versions (id),
    position BIGINT NOT NULL,
    severity TEXT NOT NULL,
    occasion TEXT NOT NULL,
    threshold BIGINT NOT NULL,
    effect TEXT NOT NULL,
    points BIGINT NOT NULL,
    months BIGINT NOT NULL,
    UNIQUE (version_id, severity, occasion, effect)
);

-- What a rule has led to: applied at once, or proposed to a person who decides.
CREATE TABLE inspection_effects (
    id TEXT NOT NULL PRIMARY KEY,
    rule_id TEXT NOT NULL REFERENCES result_rules (id),
    inspection_id TEXT NOT NULL REFERENCES inspections (id),
    finding_id TEXT REFERENCES findings (id),
    supplier_id TEXT NOT NULL REFERENCES suppliers (id),
    category_id TEXT REFERENCES categories (id),
    effect TEXT NOT NULL,
    points BIGINT NOT NULL,
    months BIGINT NOT NULL,
    status TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decided_name TEXT NOT NULL,
    decision_note TEXT NOT NULL,
    subject_key TEXT NOT NULL UNIQUE
);
CREATE INDEX inspection_effects_by_status ON inspection_effects (status, created_at, id);
CREATE INDEX inspection_effects_by_supplier ON inspection_effects (supplier_id, status);
CREATE INDEX inspection_effects_by_inspection ON inspection_effects (inspection_id);
