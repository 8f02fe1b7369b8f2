//! Tables of inspections: checklists, plans and draws, visits, findings and what follows from them.

diesel::table! {
    risk_tiers (id) {
        id -> Text,
        supplier_id -> Text,
        tier -> Text,
        reason -> Text,
        valid_from -> Timestamp,
        valid_to -> Timestamp,
        recorded_by -> Text,
        recorded_name -> Text,
    }
}

diesel::table! {
    checklists (id) {
        id -> Text,
        code -> Text,
        position -> BigInt,
        kind -> Text,
        name_en -> Text,
        name_zh -> Text,
        created_by -> Text,
        created_name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    checklist_versions (id) {
        id -> Text,
        checklist_id -> Text,
        version -> BigInt,
        status -> Text,
        note -> Text,
        effective_from -> Nullable<Date>,
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
    checklist_items (id) {
        id -> Text,
        version_id -> Text,
        position -> BigInt,
        code -> Text,
        section_en -> Text,
        section_zh -> Text,
        question_en -> Text,
        question_zh -> Text,
        guidance_en -> Text,
        guidance_zh -> Text,
        severity -> Text,
        subject_kind -> Text,
        subject -> Text,
    }
}

diesel::table! {
    inspection_plans (id) {
        id -> Text,
        number -> BigInt,
        name -> Text,
        kind -> Text,
        status -> Text,
        checklist_version_id -> Text,
        period_from -> Date,
        period_to -> Date,
        scheme -> Text,
        scope -> Text,
        sampling -> Text,
        effort_hours -> BigInt,
        note -> Text,
        revision -> BigInt,
        created_by -> Text,
        created_name -> Text,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    plan_inspectors (plan_id, account_id) {
        plan_id -> Text,
        account_id -> Text,
    }
}

diesel::table! {
    draws (id) {
        id -> Text,
        plan_id -> Text,
        status -> Text,
        seed_sealed -> Text,
        commitment -> Text,
        committed_at -> Timestamp,
        committed_by -> Text,
        committed_name -> Text,
        roster_hash -> Text,
        roster_size -> BigInt,
        sample_size -> BigInt,
        strata -> Text,
        frozen_at -> Nullable<Timestamp>,
        frozen_by -> Nullable<Text>,
        frozen_name -> Text,
        seed -> Text,
        salt -> Text,
        revealed_at -> Nullable<Timestamp>,
        revealed_by -> Nullable<Text>,
        revealed_name -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    draw_entries (id) {
        id -> Text,
        draw_id -> Text,
        supplier_id -> Text,
        number -> BigInt,
        area -> Text,
        region -> Text,
        category_id -> Nullable<Text>,
        category_code -> Text,
        tier -> Text,
        stratum -> Text,
        weight -> BigInt,
        certain -> Text,
        draw_key -> Nullable<Double>,
        rank -> Nullable<BigInt>,
        chosen -> Text,
        replaces_id -> Nullable<Text>,
        changed_at -> Nullable<Timestamp>,
        changed_by -> Nullable<Text>,
        changed_name -> Text,
        reason -> Text,
    }
}

diesel::table! {
    inspections (id) {
        id -> Text,
        number -> BigInt,
        supplier_id -> Text,
        site_id -> Nullable<Text>,
        plan_id -> Nullable<Text>,
        entry_id -> Nullable<Text>,
        kind -> Text,
        reason -> Text,
        checklist_version_id -> Text,
        category_id -> Nullable<Text>,
        area -> Text,
        status -> Text,
        created_by -> Text,
        created_name -> Text,
        created_at -> Timestamp,
        inspector_id -> Nullable<Text>,
        inspector_name -> Text,
        planned_on -> Nullable<Date>,
        visited_on -> Nullable<Date>,
        place -> Text,
        people_met -> Text,
        summary -> Text,
        signed_off_at -> Nullable<Timestamp>,
        signed_off_name -> Text,
        representative_name -> Text,
        representative_title -> Text,
        acknowledged_at -> Nullable<Timestamp>,
        acknowledged_by -> Nullable<Text>,
        acknowledged_note -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    inspection_declarations (id) {
        id -> Text,
        inspection_id -> Text,
        account_id -> Text,
        account_name -> Text,
        has_conflict -> Bool,
        statement -> Text,
        declared_at -> Timestamp,
    }
}

diesel::table! {
    inspection_results (id) {
        id -> Text,
        inspection_id -> Text,
        item_id -> Text,
        outcome -> Text,
        remark -> Text,
        revision -> BigInt,
        recorded_by -> Text,
        recorded_name -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    inspection_evidence (id) {
        id -> Text,
        inspection_id -> Text,
        item_id -> Nullable<Text>,
        document_id -> Text,
        note -> Text,
        added_by -> Text,
        added_name -> Text,
        added_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
        removed_by -> Nullable<Text>,
    }
}

diesel::table! {
    findings (id) {
        id -> Text,
        number -> BigInt,
        inspection_id -> Text,
        supplier_id -> Text,
        item_id -> Text,
        item_code -> Text,
        category_id -> Nullable<Text>,
        area -> Text,
        severity -> Text,
        statement -> Text,
        status -> Text,
        raised_on -> Date,
        raised_by -> Text,
        raised_name -> Text,
        raised_at -> Timestamp,
        contain_by -> Nullable<Date>,
        contained_at -> Nullable<Timestamp>,
        due_on -> Date,
        answered_at -> Nullable<Timestamp>,
        disputed_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        closed_name -> Text,
        reopened -> BigInt,
        escalations -> BigInt,
        escalated_at -> Nullable<Timestamp>,
        repeats_id -> Nullable<Text>,
    }
}

diesel::table! {
    corrective_actions (id) {
        id -> Text,
        finding_id -> Text,
        round -> BigInt,
        root_cause -> Text,
        action -> Text,
        owner -> Text,
        done_on -> Date,
        status -> Text,
        answered_by -> Text,
        answered_name -> Text,
        answered_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_name -> Text,
        decision_note -> Text,
    }
}

diesel::table! {
    finding_steps (id) {
        id -> Text,
        finding_id -> Text,
        kind -> Text,
        body -> Text,
        by_supplier -> Bool,
        actor_id -> Text,
        actor_name -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    finding_evidence (id) {
        id -> Text,
        finding_id -> Text,
        step_id -> Nullable<Text>,
        document_id -> Text,
        added_by -> Text,
        added_name -> Text,
        added_at -> Timestamp,
    }
}

diesel::table! {
    result_rule_versions (id) {
        id -> Text,
        version -> BigInt,
        status -> Text,
        note -> Text,
        effective_from -> Nullable<Date>,
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
    result_rules (id) {
        id -> Text,
        version_id -> Text,
        position -> BigInt,
        severity -> Text,
        occasion -> Text,
        threshold -> BigInt,
        effect -> Text,
        points -> BigInt,
        months -> BigInt,
    }
}

diesel::table! {
    inspection_effects (id) {
        id -> Text,
        rule_id -> Text,
        inspection_id -> Text,
        finding_id -> Nullable<Text>,
        supplier_id -> Text,
        category_id -> Nullable<Text>,
        effect -> Text,
        points -> BigInt,
        months -> BigInt,
        status -> Text,
        created_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_name -> Text,
        decision_note -> Text,
        subject_key -> Text,
    }
}
