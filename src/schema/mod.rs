//! The tables, as Diesel sees them. Written to match `migrations/`; a test compares the two.

#[macro_use]
mod joins;
mod certification;
mod companies;
mod inspecting;
mod lists;
mod onboarding;
mod punishing;
mod signing;

pub use certification::*;
pub use companies::*;
pub use inspecting::*;
pub use lists::*;
pub use onboarding::*;
pub use punishing::*;
pub use signing::*;

diesel::table! {
    settings (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        language -> Text,
        role -> Text,
        supplier_id -> Nullable<Text>,
        scope_scheme -> Nullable<Text>,
        scope_regions -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        totp_secret -> Nullable<Text>,
        totp_enrolled_at -> Nullable<Timestamp>,
        totp_last_step -> Nullable<BigInt>,
        created_at -> Timestamp,
        disabled_at -> Nullable<Timestamp>,
        replaced_by -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        account_id -> Text,
        level -> Text,
        address -> Text,
        agent -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    known_devices (id) {
        id -> Text,
        account_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    guesses (subject) {
        subject -> Text,
        started_at -> Timestamp,
        tries -> BigInt,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        token_hash -> Text,
        email -> Text,
        name -> Text,
        role -> Text,
        supplier_id -> Nullable<Text>,
        scope_scheme -> Nullable<Text>,
        scope_regions -> Nullable<Text>,
        invited_by -> Nullable<Text>,
        account_id -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
        language -> Text,
        note -> Text,
    }
}

diesel::table! {
    form_keys (id) {
        id -> Text,
        account_id -> Text,
        location -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    audit_records (sequence) {
        sequence -> BigInt,
        at -> Timestamp,
        actor_id -> Text,
        actor_name -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        details -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    region_schemes (id) {
        id -> Text,
        base -> Text,
        data -> Text,
        revision -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        file_name -> Text,
        file_hash -> Text,
        account_id -> Text,
        account_name -> Text,
        status -> Text,
        options -> Text,
        headers -> Text,
        mapping -> Text,
        counts -> Text,
        failure -> Text,
        done -> BigInt,
        total -> BigInt,
        last_number -> BigInt,
        created_at -> Timestamp,
        touched_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        undone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    suppliers (id) {
        id -> Text,
        number -> BigInt,
        legal_name -> Text,
        english_name -> Text,
        name_key -> Text,
        sort_key -> Text,
        search_text -> Text,
        stage -> Text,
        area -> Text,
        city -> Text,
        registered_site_id -> Text,
        industry -> Text,
        website -> Text,
        note -> Text,
        import_id -> Nullable<Text>,
        revision -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        merged_into -> Nullable<Text>,
    }
}

diesel::table! {
    supplier_versions (supplier_id, valid_from) {
        supplier_id -> Text,
        valid_from -> Timestamp,
        valid_to -> Timestamp,
        legal_name -> Text,
        stage -> Text,
        area -> Text,
    }
}

diesel::table! {
    sites (id) {
        id -> Text,
        supplier_id -> Text,
        kind -> Text,
        name -> Text,
        address -> Text,
        country -> Text,
        area -> Text,
        city -> Text,
        place_status -> Text,
        place_reason -> Text,
        place_candidates -> Text,
        import_id -> Nullable<Text>,
        created_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    site_versions (site_id, valid_from) {
        site_id -> Text,
        valid_from -> Timestamp,
        valid_to -> Timestamp,
        supplier_id -> Text,
        area -> Text,
        city -> Text,
        address -> Text,
    }
}

diesel::table! {
    identifiers (id) {
        id -> Text,
        supplier_id -> Text,
        kind -> Text,
        value -> Text,
        evidence -> Text,
        recorded_by -> Text,
        created_at -> Timestamp,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    contacts (id) {
        id -> Text,
        supplier_id -> Text,
        name -> Text,
        title -> Text,
        email -> Text,
        phone_sealed -> Text,
        phone_hint -> Text,
        created_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    categories (id) {
        id -> Text,
        code -> Text,
        name_en -> Text,
        name_zh -> Text,
        parent_id -> Nullable<Text>,
        created_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    supplier_categories (supplier_id, category_id) {
        supplier_id -> Text,
        category_id -> Text,
    }
}

diesel::table! {
    saved_views (id) {
        id -> Text,
        account_id -> Text,
        name -> Text,
        query -> Text,
        created_at -> Timestamp,
    }
}

appear_in_same_query!(
    settings,
    accounts,
    sessions,
    known_devices,
    guesses,
    invitations,
    form_keys,
    audit_records,
    region_schemes,
    imports,
    suppliers,
    supplier_versions,
    sites,
    site_versions,
    identifiers,
    contacts,
    categories,
    supplier_categories,
    saved_views,
    import_rows,
    import_identifiers,
    import_contacts,
    import_categories,
    control_links,
    supplier_keys,
    comparisons_due,
    duplicate_pairs,
    merges,
    bank_accounts,
    people,
    api_tokens,
    api_answers,
    webhooks,
    webhook_deliveries,
    messages,
    documents,
    needs,
    need_criteria,
    candidates,
    screenings,
    registrations,
    registration_sections,
    review_comments,
    section_forwards,
    declarations,
    access_standards,
    access_demands,
    certificates,
    certifications,
    certification_checks,
    certification_suspensions,
    basic_audits,
    basic_audit_sections,
    authentications,
    relationship_owners,
    reminders,
    jobs,
    clauses,
    clause_versions,
    clause_duties,
    data_access,
    signing_rights,
    signing_keys,
    signatures,
    signature_holders,
    signature_voids,
    clause_exceptions,
    clause_requests,
    checkpoints,
    risk_tiers,
    checklists,
    checklist_versions,
    checklist_items,
    inspection_plans,
    plan_inspectors,
    draws,
    draw_entries,
    inspections,
    inspection_declarations,
    inspection_results,
    inspection_evidence,
    findings,
    corrective_actions,
    finding_steps,
    finding_evidence,
    result_rule_versions,
    result_rules,
    inspection_effects,
    punishment_standard_versions,
    punishment_standards,
    punishment_cases,
    punishment_steps,
    punishment_papers,
    punishment_interims,
    punishment_ballots,
    punishment_votes,
    punishment_members,
    evasion_links,
    evasion_traces,
    evasion_due,
);

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    site_versions::area,
    supplier_versions::area,
);

diesel::allow_columns_to_appear_in_same_group_by_clause!(suppliers::area, suppliers::stage);

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    certifications::category_id,
    certifications::status,
);
