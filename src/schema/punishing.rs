//! Tables of punishments: standards, cases and their steps, ballots, members of groups, evasion.

diesel::table! {
    punishment_standard_versions (id) {
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
    punishment_standards (id) {
        id -> Text,
        version_id -> Text,
        position -> BigInt,
        violation -> Text,
        name_en -> Text,
        name_zh -> Text,
        severity -> Text,
        measure -> Text,
        measure_note_en -> Text,
        measure_note_zh -> Text,
        term_from -> BigInt,
        term_to -> Nullable<BigInt>,
        reach -> Text,
        orders -> Text,
        bars_data -> Bool,
        body -> Text,
        notice_days -> BigInt,
        reply_days -> BigInt,
        appeal_days -> BigInt,
        interim_days -> BigInt,
        release -> Text,
        recertifies -> Bool,
        points -> BigInt,
    }
}

diesel::table! {
    punishment_cases (id) {
        id -> Text,
        number -> BigInt,
        supplier_id -> Text,
        standard_id -> Text,
        violation -> Text,
        severity -> Text,
        origin -> Text,
        effect_id -> Nullable<Text>,
        area -> Text,
        deed_on -> Date,
        facts -> Text,
        status -> Text,
        proposed_by -> Text,
        proposed_name -> Text,
        proposed_at -> Timestamp,
        notice_by -> Date,
        served_at -> Nullable<Timestamp>,
        reply_by -> Nullable<Date>,
        replied_at -> Nullable<Timestamp>,
        decide_by -> Nullable<Date>,
        decided_at -> Nullable<Timestamp>,
        measure -> Nullable<Text>,
        orders -> Nullable<Text>,
        bars_data -> Bool,
        from_on -> Nullable<Date>,
        to_on -> Nullable<Date>,
        appeal_by -> Nullable<Date>,
        appealed_at -> Nullable<Timestamp>,
        hear_by -> Nullable<Date>,
        ended_at -> Nullable<Timestamp>,
        ended_reason -> Text,
        reminded_on -> Nullable<Date>,
    }
}

diesel::table! {
    punishment_steps (id) {
        id -> Text,
        case_id -> Text,
        kind -> Text,
        body -> Text,
        by_supplier -> Bool,
        is_shown -> Bool,
        actor_id -> Text,
        actor_name -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    punishment_papers (id) {
        id -> Text,
        case_id -> Text,
        step_id -> Text,
        document_id -> Text,
    }
}

diesel::table! {
    punishment_interims (id) {
        id -> Text,
        case_id -> Text,
        supplier_id -> Text,
        orders -> Text,
        from_on -> Date,
        to_on -> Date,
        reason -> Text,
        imposed_by -> Text,
        imposed_name -> Text,
        imposed_at -> Timestamp,
        reviewed_at -> Nullable<Timestamp>,
        reviewed_by -> Nullable<Text>,
        reviewed_name -> Text,
        ended_on -> Nullable<Date>,
        ended_reason -> Text,
    }
}

diesel::table! {
    punishment_ballots (id) {
        id -> Text,
        case_id -> Text,
        number -> BigInt,
        kind -> Text,
        outcome -> Text,
        measure -> Nullable<Text>,
        orders -> Nullable<Text>,
        bars_data -> Bool,
        term -> Nullable<BigInt>,
        grounds -> Text,
        departure -> Text,
        board_notice -> Text,
        group_hash -> Text,
        status -> Text,
        opened_by -> Text,
        opened_name -> Text,
        opened_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    punishment_votes (id) {
        id -> Text,
        ballot_id -> Text,
        account_id -> Text,
        account_name -> Text,
        role -> Text,
        agrees -> Bool,
        grounds -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    punishment_members (id) {
        id -> Text,
        case_id -> Text,
        supplier_id -> Text,
        ground -> Text,
        status -> Text,
        reason -> Text,
        from_on -> Nullable<Date>,
        to_on -> Nullable<Date>,
        found_at -> Timestamp,
        left_at -> Nullable<Timestamp>,
        settled_at -> Nullable<Timestamp>,
        settled_by -> Nullable<Text>,
        settled_name -> Text,
    }
}

diesel::table! {
    evasion_links (id) {
        id -> Text,
        supplier_id -> Text,
        case_id -> Text,
        other_id -> Text,
        kind -> Text,
        shared -> Text,
        recorded_by -> Text,
        status -> Text,
        found_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
        settled_by -> Nullable<Text>,
        settled_name -> Text,
        reason -> Text,
    }
}

diesel::table! {
    evasion_traces (supplier_id, kind, value, is_secret) {
        supplier_id -> Text,
        kind -> Text,
        value -> Text,
        paper -> Text,
        shown -> Text,
        recorded_by -> Text,
        is_secret -> Bool,
    }
}

diesel::table! {
    evasion_due (supplier_id) {
        supplier_id -> Text,
        since -> Timestamp,
    }
}
