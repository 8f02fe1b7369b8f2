//! Tables of certification: standards, certificates, certifications, audits, authentications; and of
//! what the server does by the clock.

diesel::table! {
    access_standards (id) {
        id -> Text,
        category_id -> Text,
        version -> BigInt,
        status -> Text,
        effective_from -> Nullable<Date>,
        validity_months -> BigInt,
        note -> Text,
        revision -> BigInt,
        drafted_by -> Text,
        drafted_name -> Text,
        created_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        published_by -> Nullable<Text>,
        published_name -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    access_demands (id) {
        id -> Text,
        standard_id -> Text,
        position -> BigInt,
        kind -> Text,
        subject -> Text,
    }
}

diesel::table! {
    certificates (id) {
        id -> Text,
        supplier_id -> Text,
        type_id -> Text,
        number -> Text,
        number_key -> Text,
        issuer -> Text,
        scope -> Text,
        holder -> Text,
        site_id -> Nullable<Text>,
        document_id -> Nullable<Text>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        status -> Text,
        renews_id -> Nullable<Text>,
        by_supplier -> Bool,
        recorded_by -> Text,
        recorded_name -> Text,
        created_at -> Timestamp,
        submitted_at -> Timestamp,
        returned_at -> Nullable<Timestamp>,
        returned_name -> Text,
        return_comment -> Text,
        method -> Text,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_name -> Text,
        decision_note -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    certifications (id) {
        id -> Text,
        number -> BigInt,
        supplier_id -> Text,
        category_id -> Text,
        standard_id -> Text,
        status -> Text,
        renews_id -> Nullable<Text>,
        by_supplier -> Bool,
        applied_by -> Text,
        applied_name -> Text,
        applied_at -> Timestamp,
        note -> Text,
        returned_at -> Nullable<Timestamp>,
        returned_by -> Nullable<Text>,
        returned_name -> Text,
        return_comment -> Text,
        audited_at -> Nullable<Timestamp>,
        audited_by -> Nullable<Text>,
        audited_name -> Text,
        audit_note -> Text,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_name -> Text,
        decision_note -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    certification_checks (id) {
        id -> Text,
        certification_id -> Text,
        demand_id -> Text,
        verdict -> Text,
        note -> Text,
        checked_by -> Text,
        checked_name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    certification_suspensions (id) {
        id -> Text,
        certification_id -> Text,
        cause -> Text,
        subject -> Text,
        reason -> Text,
        begun_at -> Timestamp,
        begun_by -> Text,
        begun_name -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    basic_audits (id) {
        id -> Text,
        number -> BigInt,
        supplier_id -> Text,
        status -> Text,
        opened_by -> Text,
        opened_name -> Text,
        created_at -> Timestamp,
        outcome -> Text,
        proposed_at -> Nullable<Timestamp>,
        proposed_by -> Nullable<Text>,
        proposed_name -> Text,
        proposal_note -> Text,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_name -> Text,
        decision_note -> Text,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    basic_audit_sections (id) {
        id -> Text,
        audit_id -> Text,
        section -> Text,
        verdict -> Text,
        source -> Text,
        evidence -> Text,
        document_id -> Nullable<Text>,
        examined_at -> Nullable<Timestamp>,
        examined_by -> Nullable<Text>,
        examined_name -> Text,
    }
}

diesel::table! {
    authentications (id) {
        id -> Text,
        supplier_id -> Text,
        person_id -> Text,
        method -> Text,
        status -> Text,
        evidence -> Text,
        document_id -> Nullable<Text>,
        secret_sealed -> Text,
        tries -> BigInt,
        begun_by -> Text,
        begun_name -> Text,
        created_at -> Timestamp,
        verified_at -> Nullable<Timestamp>,
        verified_by -> Nullable<Text>,
        verified_name -> Text,
        verification_note -> Text,
        valid_to -> Nullable<Date>,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    relationship_owners (supplier_id) {
        supplier_id -> Text,
        account_id -> Text,
        assigned_by -> Text,
        assigned_name -> Text,
        assigned_at -> Timestamp,
    }
}

diesel::table! {
    reminders (id) {
        id -> Text,
        kind -> Text,
        subject_id -> Text,
        due_on -> Date,
        step -> BigInt,
        supplier_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    jobs (name) {
        name -> Text,
        next_at -> Timestamp,
        claimed_by -> Nullable<Text>,
        claimed_until -> Nullable<Timestamp>,
        started_at -> Nullable<Timestamp>,
        finished_at -> Nullable<Timestamp>,
        done -> BigInt,
        outcome -> Text,
    }
}
