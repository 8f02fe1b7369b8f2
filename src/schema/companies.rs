//! Groups, duplicates, people, and the register for programs.

diesel::table! {
    control_links (id) {
        id -> Text,
        parent_id -> Text,
        child_id -> Text,
        kind -> Text,
        share -> Nullable<BigInt>,
        evidence -> Text,
        valid_from -> Date,
        valid_to -> Date,
        recorded_by -> Text,
        created_at -> Timestamp,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    supplier_keys (name_part, supplier_id) {
        name_part -> Text,
        supplier_id -> Text,
    }
}

diesel::table! {
    comparisons_due (supplier_id) {
        supplier_id -> Text,
        since -> Timestamp,
    }
}

diesel::table! {
    duplicate_pairs (id) {
        id -> Text,
        first_id -> Text,
        second_id -> Text,
        score -> BigInt,
        reasons -> Text,
        status -> Text,
        found_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decided_name -> Text,
        decision_reason -> Text,
    }
}

diesel::table! {
    merges (id) {
        id -> Text,
        kept_id -> Text,
        gone_id -> Text,
        pair_id -> Nullable<Text>,
        reason -> Text,
        moved -> Text,
        merged_at -> Timestamp,
        merged_by -> Text,
        merged_name -> Text,
        undone_at -> Nullable<Timestamp>,
        undone_by -> Nullable<Text>,
    }
}

diesel::table! {
    bank_accounts (id) {
        id -> Text,
        supplier_id -> Text,
        holder -> Text,
        bank -> Text,
        bank_code -> Text,
        country -> Text,
        currency -> Text,
        number_sealed -> Text,
        number_hint -> Text,
        number_mark -> Text,
        recorded_by -> Text,
        created_at -> Timestamp,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    people (id) {
        id -> Text,
        supplier_id -> Text,
        role -> Text,
        name -> Text,
        country -> Text,
        share -> Nullable<BigInt>,
        paper -> Text,
        number_sealed -> Text,
        number_hint -> Text,
        number_mark -> Text,
        recorded_by -> Text,
        created_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> Text,
        account_id -> Text,
        name -> Text,
        scopes -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    api_answers (id) {
        id -> Text,
        request_hash -> Text,
        status -> BigInt,
        location -> Text,
        etag -> Text,
        body -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    webhooks (id) {
        id -> Text,
        url -> Text,
        events -> Text,
        secret_sealed -> Text,
        account_id -> Text,
        account_name -> Text,
        created_at -> Timestamp,
        after_sequence -> BigInt,
        failing_since -> Nullable<Timestamp>,
        stopped_at -> Nullable<Timestamp>,
        stopped_note -> Text,
    }
}

diesel::table! {
    webhook_deliveries (id) {
        id -> Text,
        webhook_id -> Text,
        event -> Text,
        body -> Text,
        tries -> BigInt,
        created_at -> Timestamp,
        next_try_at -> Nullable<Timestamp>,
        delivered_at -> Nullable<Timestamp>,
        given_up_at -> Nullable<Timestamp>,
        last_answer -> Text,
    }
}
