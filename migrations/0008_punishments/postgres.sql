-- What is in force, served or decided is never edited.

CREATE FUNCTION punishment_standard_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL AND (
        TG_OP = 'DELETE' OR
        (NEW.id, NEW.version, NEW.effective_from, NEW.published_at, NEW.published_by, NEW.published_name)
        IS DISTINCT FROM
        (OLD.id, OLD.version, OLD.effective_from, OLD.published_at, OLD.published_by, OLD.published_name)
    ) THEN
        RAISE EXCEPTION 'published standards are never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER punishment_standard_versions_stay BEFORE UPDATE OR DELETE ON punishment_standard_versions
    FOR EACH ROW EXECUTE FUNCTION punishment_standard_version_stays();

CREATE FUNCTION punishment_standard_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM punishment_standard_versions WHERE id = OLD.version_id AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'published standards are never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF EXISTS (
        SELECT 1 FROM punishment_standard_versions WHERE id = NEW.version_id AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'published standards are never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER punishment_standards_stay BEFORE INSERT OR UPDATE OR DELETE ON punishment_standards
    FOR EACH ROW EXECUTE FUNCTION punishment_standard_stays();

CREATE FUNCTION punishment_case_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a case is never deleted';
    END IF;
    IF (
        NEW.id, NEW.number, NEW.standard_id, NEW.violation, NEW.severity, NEW.origin, NEW.effect_id,
        NEW.deed_on, NEW.facts, NEW.proposed_by, NEW.proposed_name, NEW.proposed_at
    ) IS DISTINCT FROM (
        OLD.id, OLD.number, OLD.standard_id, OLD.violation, OLD.severity, OLD.origin, OLD.effect_id,
        OLD.deed_on, OLD.facts, OLD.proposed_by, OLD.proposed_name, OLD.proposed_at
    ) THEN
        RAISE EXCEPTION 'the facts of a case are never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER punishment_cases_stay BEFORE UPDATE OR DELETE ON punishment_cases
    FOR EACH ROW EXECUTE FUNCTION punishment_case_stays();

CREATE FUNCTION punishment_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what happened to a case is never changed';
END $$;
CREATE TRIGGER punishment_steps_stay BEFORE UPDATE OR DELETE ON punishment_steps
    FOR EACH ROW EXECUTE FUNCTION punishment_record_stays();
CREATE TRIGGER punishment_votes_stay BEFORE UPDATE OR DELETE ON punishment_votes
    FOR EACH ROW EXECUTE FUNCTION punishment_record_stays();

CREATE FUNCTION punishment_ballot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (
        NEW.id, NEW.case_id, NEW.number, NEW.kind, NEW.outcome, NEW.measure, NEW.orders, NEW.bars_data,
        NEW.term, NEW.grounds, NEW.departure, NEW.board_notice, NEW.group_hash, NEW.opened_by,
        NEW.opened_name, NEW.opened_at
    ) IS DISTINCT FROM (
        OLD.id, OLD.case_id, OLD.number, OLD.kind, OLD.outcome, OLD.measure, OLD.orders, OLD.bars_data,
        OLD.term, OLD.grounds, OLD.departure, OLD.board_notice, OLD.group_hash, OLD.opened_by,
        OLD.opened_name, OLD.opened_at
    ) THEN
        RAISE EXCEPTION 'what is voted on is never changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER punishment_ballots_stay BEFORE UPDATE OR DELETE ON punishment_ballots
    FOR EACH ROW EXECUTE FUNCTION punishment_ballot_stays();
