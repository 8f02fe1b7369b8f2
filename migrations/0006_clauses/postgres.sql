-- What proves something only grows: the database itself refuses anything else.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the rows of % are never changed', TG_TABLE_NAME;
END $$;

CREATE TRIGGER signatures_no_change BEFORE UPDATE OR DELETE ON signatures
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signatures_no_truncate BEFORE TRUNCATE ON signatures
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER signature_voids_no_change BEFORE UPDATE OR DELETE ON signature_voids
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signature_voids_no_truncate BEFORE TRUNCATE ON signature_voids
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER signing_keys_no_change BEFORE UPDATE OR DELETE ON signing_keys
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER signing_keys_no_truncate BEFORE TRUNCATE ON signing_keys
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoints_no_change BEFORE UPDATE OR DELETE ON checkpoints
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoints_no_truncate BEFORE TRUNCATE ON checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was published stays as it was.
CREATE FUNCTION clause_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR (
        NEW.id, NEW.clause_id, NEW.version, NEW.text_en, NEW.text_zh, NEW.sha256_en, NEW.sha256_zh,
        NEW.whom, NEW.effective_from, NEW.published_at, NEW.published_by, NEW.published_name
    ) IS DISTINCT FROM (
        OLD.id, OLD.clause_id, OLD.version, OLD.text_en, OLD.text_zh, OLD.sha256_en, OLD.sha256_zh,
        OLD.whom, OLD.effective_from, OLD.published_at, OLD.published_by, OLD.published_name
    ) THEN
        RAISE EXCEPTION 'a published clause is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clause_versions_stay BEFORE UPDATE OR DELETE ON clause_versions
    FOR EACH ROW EXECUTE FUNCTION clause_version_stays();
CREATE TRIGGER clause_versions_no_truncate BEFORE TRUNCATE ON clause_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION clause_duty_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_version TEXT;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a published clause is never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN of_version := OLD.version_id; ELSE of_version := NEW.version_id; END IF;
    IF EXISTS (SELECT 1 FROM clause_versions WHERE id = of_version AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a published clause is never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clause_duties_stay BEFORE INSERT OR UPDATE OR DELETE ON clause_duties
    FOR EACH ROW EXECUTE FUNCTION clause_duty_stays();
CREATE TRIGGER clause_duties_no_truncate BEFORE TRUNCATE ON clause_duties
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
