-- What was published, promised or done stays: the database itself refuses anything else.

CREATE TRIGGER checklist_versions_no_update BEFORE UPDATE OF id, checklist_id, version, effective_from, published_at, published_by, published_name
ON checklist_versions WHEN old.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published checklist is never changed'); END;
CREATE TRIGGER checklist_versions_no_delete BEFORE DELETE ON checklist_versions
WHEN old.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published checklist is never changed'); END;
CREATE TRIGGER checklist_items_no_insert BEFORE INSERT ON checklist_items
WHEN EXISTS (SELECT 1 FROM checklist_versions WHERE id = new.version_id AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a published checklist is never changed'); END;
CREATE TRIGGER checklist_items_no_update BEFORE UPDATE ON checklist_items
WHEN EXISTS (SELECT 1 FROM checklist_versions WHERE id IN (old.version_id, new.version_id) AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a published checklist is never changed'); END;
CREATE TRIGGER checklist_items_no_delete BEFORE DELETE ON checklist_items
WHEN EXISTS (SELECT 1 FROM checklist_versions WHERE id = old.version_id AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a published checklist is never changed'); END;

CREATE TRIGGER result_rules_no_insert BEFORE INSERT ON result_rules
WHEN EXISTS (SELECT 1 FROM result_rule_versions WHERE id = new.version_id AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'published rules are never changed'); END;
CREATE TRIGGER result_rules_no_update BEFORE UPDATE ON result_rules
WHEN EXISTS (SELECT 1 FROM result_rule_versions WHERE id IN (old.version_id, new.version_id) AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'published rules are never changed'); END;
CREATE TRIGGER result_rules_no_delete BEFORE DELETE ON result_rules
WHEN EXISTS (SELECT 1 FROM result_rule_versions WHERE id = old.version_id AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'published rules are never changed'); END;

CREATE TRIGGER result_rule_versions_no_update BEFORE UPDATE OF id, version, effective_from, published_at, published_by, published_name
ON result_rule_versions WHEN old.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'published rules are never changed'); END;
CREATE TRIGGER result_rule_versions_no_delete BEFORE DELETE ON result_rule_versions
WHEN old.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'published rules are never changed'); END;

-- A seed that was promised is not exchanged for another.
CREATE TRIGGER draws_keep_their_promise BEFORE UPDATE OF id, plan_id, commitment, committed_at, committed_by ON draws
BEGIN SELECT RAISE(ABORT, 'the commitment of a draw is never changed'); END;
CREATE TRIGGER draws_keep_what_was_drawn BEFORE UPDATE OF roster_hash, roster_size, sample_size, strata, seed, salt ON draws
WHEN old.revealed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was drawn is never changed'); END;
CREATE TRIGGER draws_no_delete BEFORE DELETE ON draws
BEGIN SELECT RAISE(ABORT, 'what was drawn is never changed'); END;

CREATE TRIGGER finding_steps_no_update BEFORE UPDATE ON finding_steps
BEGIN SELECT RAISE(ABORT, 'what happened to a finding is never changed'); END;
CREATE TRIGGER finding_steps_no_delete BEFORE DELETE ON finding_steps
BEGIN SELECT RAISE(ABORT, 'what happened to a finding is never changed'); END;

CREATE TRIGGER inspection_results_no_update BEFORE UPDATE ON inspection_results
WHEN EXISTS (SELECT 1 FROM inspections WHERE id = old.inspection_id AND signed_off_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what was signed off is never changed'); END;
CREATE TRIGGER inspection_results_no_delete BEFORE DELETE ON inspection_results
WHEN EXISTS (SELECT 1 FROM inspections WHERE id = old.inspection_id AND signed_off_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'what was signed off is never changed'); END;
CREATE TRIGGER inspections_keep_what_was_signed BEFORE UPDATE OF kind, checklist_version_id, area, inspector_id, inspector_name, visited_on, place, people_met, summary, signed_off_at, signed_off_name, representative_name, representative_title ON inspections
WHEN old.signed_off_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was signed off is never changed'); END;
