//! Tables of onboarding: letters, evidence files, needs, candidates, registrations.

diesel::table! {
    messages (id) {
        id -> Text,
        kind -> Text,
        email -> Text,
        name -> Text,
        language -> Text,
        supplier_id -> Nullable<Text>,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        link_sealed -> Text,
        tries -> BigInt,
        created_at -> Timestamp,
        next_try_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        given_up_at -> Nullable<Timestamp>,
        last_answer -> Text,
    }
}

diesel::table! {
    documents (id) {
        id -> Text,
        supplier_id -> Text,
        kind -> Text,
        title -> Text,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        valid_to -> Nullable<Date>,
        uploaded_by -> Text,
        uploaded_name -> Text,
        by_supplier -> Bool,
        created_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    needs (id) {
        id -> Text,
        number -> BigInt,
        title -> Text,
        category_id -> Text,
        area -> Text,
        reason -> Text,
        needed_by -> Date,
        recorded_by -> Text,
        recorded_name -> Text,
        revision -> BigInt,
        created_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        closed_name -> Text,
        closed_reason -> Text,
    }
}

diesel::table! {
    need_criteria (id) {
        id -> Text,
        need_id -> Text,
        position -> BigInt,
        title -> Text,
        strength -> Text,
        method -> Text,
        weight -> BigInt,
    }
}

diesel::table! {
    candidates (id) {
        id -> Text,
        number -> BigInt,
        need_id -> Nullable<Text>,
        category_id -> Nullable<Text>,
        origin -> Text,
        status -> Text,
        legal_name -> Text,
        english_name -> Text,
        country -> Text,
        address -> Text,
        website -> Text,
        identifier_kind -> Text,
        identifier_value -> Text,
        contact_name -> Text,
        contact_email -> Text,
        contact_phone_sealed -> Text,
        contact_phone_hint -> Text,
        language -> Text,
        note -> Text,
        alert -> Text,
        supplier_id -> Nullable<Text>,
        proposed_by -> Nullable<Text>,
        proposed_name -> Text,
        created_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_name -> Text,
        decision_reason -> Text,
    }
}

diesel::table! {
    screenings (id) {
        id -> Text,
        candidate_id -> Text,
        criterion_id -> Text,
        passed -> Nullable<Bool>,
        score -> Nullable<BigInt>,
        reason -> Text,
        screened_by -> Text,
        screened_name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    registrations (id) {
        id -> Text,
        number -> BigInt,
        supplier_id -> Text,
        purpose -> Text,
        status -> Text,
        round -> BigInt,
        due_on -> Nullable<Date>,
        started_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        submitted_by -> Nullable<Text>,
        submitted_name -> Text,
        reviewed_at -> Nullable<Timestamp>,
        reviewed_by -> Nullable<Text>,
        reviewed_name -> Text,
        finished_at -> Nullable<Timestamp>,
        finished_by -> Nullable<Text>,
        finished_name -> Text,
        finished_reason -> Text,
    }
}

diesel::table! {
    registration_sections (id) {
        id -> Text,
        registration_id -> Text,
        section -> Text,
        answers_sealed -> Text,
        before_sealed -> Text,
        complete -> Bool,
        revision -> BigInt,
        saved_at -> Nullable<Timestamp>,
        saved_by -> Nullable<Text>,
        saved_name -> Text,
        verdict -> Text,
        verdict_at -> Nullable<Timestamp>,
        verdict_by -> Nullable<Text>,
        verdict_name -> Text,
    }
}

diesel::table! {
    review_comments (id) {
        id -> Text,
        registration_id -> Text,
        section -> Text,
        field -> Text,
        round -> BigInt,
        comment -> Text,
        written_by -> Text,
        written_name -> Text,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        answered_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    section_forwards (id) {
        id -> Text,
        registration_id -> Text,
        section -> Text,
        email -> Text,
        name -> Text,
        note -> Text,
        due_on -> Nullable<Date>,
        forwarded_by -> Text,
        forwarded_name -> Text,
        created_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    declarations (id) {
        id -> Text,
        supplier_id -> Text,
        registration_id -> Text,
        has_conflicts -> Bool,
        details -> Text,
        declared_by -> Text,
        declared_name -> Text,
        declared_at -> Timestamp,
        accepted_at -> Timestamp,
    }
}

diesel::table! {
    unsaved_forms (id) {
        id -> Text,
        account_id -> Text,
        section -> Text,
        body_sealed -> Text,
        created_at -> Timestamp,
    }
}
