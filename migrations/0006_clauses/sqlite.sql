-- What proves something only grows: the database itself refuses anything else. REPLACE deletes what is
-- in its way without asking the triggers against that.

CREATE TRIGGER signatures_no_update BEFORE UPDATE ON signatures
BEGIN SELECT RAISE(ABORT, 'signatures are never changed'); END;
CREATE TRIGGER signatures_no_delete BEFORE DELETE ON signatures
BEGIN SELECT RAISE(ABORT, 'signatures are never changed'); END;
CREATE TRIGGER signatures_no_replace BEFORE INSERT ON signatures
WHEN EXISTS (
    SELECT 1 FROM signatures
    WHERE id = new.id OR sequence = new.sequence OR previous_hash = new.previous_hash
        OR (supplier_id = new.supplier_id AND version_id = new.version_id AND round = new.round)
)
BEGIN SELECT RAISE(ABORT, 'signatures are never changed'); END;

CREATE TRIGGER signature_voids_no_update BEFORE UPDATE ON signature_voids
BEGIN SELECT RAISE(ABORT, 'what was declared void stays so'); END;
CREATE TRIGGER signature_voids_no_delete BEFORE DELETE ON signature_voids
BEGIN SELECT RAISE(ABORT, 'what was declared void stays so'); END;
CREATE TRIGGER signature_voids_no_replace BEFORE INSERT ON signature_voids
WHEN EXISTS (
    SELECT 1 FROM signature_voids
    WHERE signature_id = new.signature_id
)
BEGIN SELECT RAISE(ABORT, 'what was declared void stays so'); END;

CREATE TRIGGER signing_keys_no_update BEFORE UPDATE ON signing_keys
BEGIN SELECT RAISE(ABORT, 'the keys of signatures are never changed'); END;
CREATE TRIGGER signing_keys_no_delete BEFORE DELETE ON signing_keys
BEGIN SELECT RAISE(ABORT, 'the keys of signatures are never changed'); END;
CREATE TRIGGER signing_keys_no_replace BEFORE INSERT ON signing_keys
WHEN EXISTS (
    SELECT 1 FROM signing_keys
    WHERE id = new.id OR public_key = new.public_key
)
BEGIN SELECT RAISE(ABORT, 'the keys of signatures are never changed'); END;

CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
CREATE TRIGGER checkpoints_no_replace BEFORE INSERT ON checkpoints
WHEN EXISTS (
    SELECT 1 FROM checkpoints
    WHERE id = new.id OR day = new.day
)
BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;

-- What was published stays as it was.
CREATE TRIGGER clause_versions_no_update BEFORE UPDATE OF id, clause_id, version, text_en, text_zh, sha256_en, sha256_zh, whom, effective_from, published_at,
    published_by, published_name
ON clause_versions WHEN old.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published clause is never changed'); END;
CREATE TRIGGER clause_versions_no_delete BEFORE DELETE ON clause_versions
WHEN old.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a published clause is never changed'); END;
CREATE TRIGGER clause_versions_no_replace BEFORE INSERT ON clause_versions
WHEN EXISTS (
    SELECT 1 FROM clause_versions
    WHERE id = new.id OR (clause_id = new.clause_id AND version = new.version)
)
BEGIN SELECT RAISE(ABORT, 'a published clause is never changed'); END;
CREATE TRIGGER clause_duties_no_insert BEFORE INSERT ON clause_duties
WHEN EXISTS (
    SELECT 1 FROM clause_versions WHERE id = new.version_id AND published_at IS NOT NULL
)
BEGIN SELECT RAISE(ABORT, 'a published clause is never changed'); END;
CREATE TRIGGER clause_duties_no_update BEFORE UPDATE ON clause_duties
BEGIN SELECT RAISE(ABORT, 'a published clause is never changed'); END;
CREATE TRIGGER clause_duties_no_delete BEFORE DELETE ON clause_duties
WHEN EXISTS (
    SELECT 1 FROM clause_versions WHERE id = old.version_id AND published_at IS NOT NULL
)
BEGIN SELECT RAISE(ABORT, 'a published clause is never changed'); END;
