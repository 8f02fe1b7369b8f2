-- What is in force, served or decided is never edited.

CREATE TRIGGER punishment_standard_versions_no_update BEFORE UPDATE OF id, version, effective_from, published_at, published_by, published_name
ON punishment_standard_versions WHEN old.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'published standards are never changed'); END;
CREATE TRIGGER punishment_standard_versions_no_delete BEFORE DELETE ON punishment_standard_versions
WHEN old.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'published standards are never changed'); END;
CREATE TRIGGER punishment_standards_no_insert BEFORE INSERT ON punishment_standards
WHEN EXISTS (SELECT 1 FROM punishment_standard_versions WHERE id = new.version_id AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'published standards are never changed'); END;
CREATE TRIGGER punishment_standards_no_update BEFORE UPDATE ON punishment_standards
WHEN EXISTS (SELECT 1 FROM punishment_standard_versions WHERE id IN (old.version_id, new.version_id) AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'published standards are never changed'); END;
CREATE TRIGGER punishment_standards_no_delete BEFORE DELETE ON punishment_standards
WHEN EXISTS (SELECT 1 FROM punishment_standard_versions WHERE id = old.version_id AND published_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'published standards are never changed'); END;

CREATE TRIGGER punishment_cases_keep_their_facts BEFORE UPDATE OF id, number, standard_id, violation, severity, origin, effect_id, deed_on, facts, proposed_by, proposed_name, proposed_at ON punishment_cases
BEGIN SELECT RAISE(ABORT, 'the facts of a case are never changed'); END;
CREATE TRIGGER punishment_cases_no_delete BEFORE DELETE ON punishment_cases
BEGIN SELECT RAISE(ABORT, 'a case is never deleted'); END;

CREATE TRIGGER punishment_steps_no_update BEFORE UPDATE ON punishment_steps
BEGIN SELECT RAISE(ABORT, 'what happened to a case is never changed'); END;
CREATE TRIGGER punishment_steps_no_delete BEFORE DELETE ON punishment_steps
BEGIN SELECT RAISE(ABORT, 'what happened to a case is never changed'); END;
CREATE TRIGGER punishment_votes_no_update BEFORE UPDATE ON punishment_votes
BEGIN SELECT RAISE(ABORT, 'a vote is never changed'); END;
CREATE TRIGGER punishment_votes_no_delete BEFORE DELETE ON punishment_votes
BEGIN SELECT RAISE(ABORT, 'a vote is never changed'); END;
CREATE TRIGGER punishment_ballots_no_update BEFORE UPDATE OF id, case_id, number, kind, outcome, measure, orders, bars_data, term, grounds, departure, board_notice, group_hash, opened_by, opened_name, opened_at ON punishment_ballots
BEGIN SELECT RAISE(ABORT, 'what is voted on is never changed'); END;
CREATE TRIGGER punishment_ballots_no_delete BEFORE DELETE ON punishment_ballots
BEGIN SELECT RAISE(ABORT, 'what is voted on is never changed'); END;
