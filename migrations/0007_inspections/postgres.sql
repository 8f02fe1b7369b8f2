-- What was published, promised or done stays: the database itself refuses anything else.

CREATE FUNCTION checklist_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR (
        NEW.id, NEW.checklist_id, NEW.version, NEW.effective_from, NEW.published_at, NEW.published_by,
        NEW.published_name
    ) IS DISTINCT FROM (
        OLD.id, OLD.checklist_id, OLD.version, OLD.effective_from, OLD.published_at, OLD.published_by,
        OLD.published_name
    ) THEN
        RAISE EXCEPTION 'a published checklist is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER checklist_versions_stay BEFORE UPDATE OR DELETE ON checklist_versions
    FOR EACH ROW EXECUTE FUNCTION checklist_version_stays();

CREATE FUNCTION checklist_item_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_version TEXT;
    to_version TEXT;
BEGIN
    IF TG_OP = 'INSERT' THEN of_version := NEW.version_id; ELSE of_version := OLD.version_id; END IF;
    IF TG_OP = 'UPDATE' THEN to_version := NEW.version_id; ELSE to_version := of_version; END IF;
    IF EXISTS (SELECT 1 FROM checklist_versions WHERE id IN (of_version, to_version) AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a published checklist is never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER checklist_items_stay BEFORE INSERT OR UPDATE OR DELETE ON checklist_items
    FOR EACH ROW EXECUTE FUNCTION checklist_item_stays();

CREATE FUNCTION result_rule_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_version TEXT;
    to_version TEXT;
BEGIN
    IF TG_OP = 'INSERT' THEN of_version := NEW.version_id; ELSE of_version := OLD.version_id; END IF;
    IF TG_OP = 'UPDATE' THEN to_version := NEW.version_id; ELSE to_version := of_version; END IF;
    IF EXISTS (SELECT 1 FROM result_rule_versions WHERE id IN (of_version, to_version) AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'published rules are never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER result_rules_stay BEFORE INSERT OR UPDATE OR DELETE ON result_rules
    FOR EACH ROW EXECUTE FUNCTION result_rule_stays();

CREATE FUNCTION result_rule_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR (
        NEW.id, NEW.version, NEW.effective_from, NEW.published_at, NEW.published_by, NEW.published_name
    ) IS DISTINCT FROM (
        OLD.id, OLD.version, OLD.effective_from, OLD.published_at, OLD.published_by, OLD.published_name
    ) THEN
        RAISE EXCEPTION 'published rules are never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER result_rule_versions_stay BEFORE UPDATE OR DELETE ON result_rule_versions
    FOR EACH ROW EXECUTE FUNCTION result_rule_version_stays();

-- A seed that was promised is not exchanged for another.
CREATE FUNCTION draw_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.plan_id, NEW.commitment, NEW.committed_at, NEW.committed_by)
        IS DISTINCT FROM (OLD.id, OLD.plan_id, OLD.commitment, OLD.committed_at, OLD.committed_by) THEN
        RAISE EXCEPTION 'the commitment of a draw is never changed';
    END IF;
    IF OLD.revealed_at IS NOT NULL AND (
        NEW.roster_hash, NEW.roster_size, NEW.sample_size, NEW.strata, NEW.seed, NEW.salt
    ) IS DISTINCT FROM (
        OLD.roster_hash, OLD.roster_size, OLD.sample_size, OLD.strata, OLD.seed, OLD.salt
    ) THEN
        RAISE EXCEPTION 'what was drawn is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER draws_stay BEFORE UPDATE ON draws FOR EACH ROW EXECUTE FUNCTION draw_stays();
CREATE TRIGGER draws_no_delete BEFORE DELETE ON draws FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draws_no_truncate BEFORE TRUNCATE ON draws
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER finding_steps_no_change BEFORE UPDATE OR DELETE ON finding_steps
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER finding_steps_no_truncate BEFORE TRUNCATE ON finding_steps
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION inspection_result_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM inspections WHERE id = OLD.inspection_id AND signed_off_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was signed off is never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspection_results_stay BEFORE UPDATE OR DELETE ON inspection_results
    FOR EACH ROW EXECUTE FUNCTION inspection_result_stays();

CREATE FUNCTION inspection_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.signed_off_at IS NOT NULL AND (
        NEW.kind, NEW.checklist_version_id, NEW.area, NEW.inspector_id,
        NEW.inspector_name, NEW.visited_on, NEW.place, NEW.people_met,
        NEW.summary, NEW.signed_off_at, NEW.signed_off_name, NEW.representative_name,
        NEW.representative_title
    ) IS DISTINCT FROM (
        OLD.kind, OLD.checklist_version_id, OLD.area, OLD.inspector_id,
        OLD.inspector_name, OLD.visited_on, OLD.place, OLD.people_met,
        OLD.summary, OLD.signed_off_at, OLD.signed_off_name, OLD.representative_name,
        OLD.representative_title
    ) THEN
        RAISE EXCEPTION 'what was signed off is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inspections_stay BEFORE UPDATE ON inspections
    FOR EACH ROW EXECUTE FUNCTION inspection_stays();
