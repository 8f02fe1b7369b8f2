//! Tables of clauses: texts and their versions, who must sign, signatures and their proof.

diesel::table! {
    clauses (id) {
        id -> Text,
        code -> Text,
        position -> BigInt,
        name_en -> Text,
        name_zh -> Text,
        created_by -> Text,
        created_name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    clause_versions (id) {
        id -> Text,
        clause_id -> Text,
        version -> BigInt,
        status -> Text,
        text_en -> Text,
        text_zh -> Text,
        sha256_en -> Text,
        sha256_zh -> Text,
        note -> Text,
        whom -> Text,
        effective_from -> Nullable<Date>,
        revision -> BigInt,
        drafted_by -> Text,
        drafted_name -> Text,
        created_at -> Timestamp,
        reviewed_at -> Nullable<Timestamp>,
        reviewed_by -> Nullable<Text>,
        reviewed_name -> Text,
        review_note -> Text,
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
    clause_duties (id) {
        id -> Text,
        version_id -> Text,
        kind -> Text,
        subject -> Text,
    }
}

diesel::table! {
    data_access (id) {
        id -> Text,
        supplier_id -> Text,
        reason -> Text,
        valid_from -> Timestamp,
        valid_to -> Timestamp,
        begun_by -> Text,
        begun_name -> Text,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
    }
}

diesel::table! {
    signing_rights (id) {
        id -> Text,
        supplier_id -> Text,
        person_id -> Text,
        account_id -> Text,
        status -> Text,
        basis -> Text,
        document_id -> Nullable<Text>,
        requested_by -> Text,
        requested_name -> Text,
        created_at -> Timestamp,
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
    signing_keys (id) {
        id -> Text,
        public_key -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    signatures (id) {
        id -> Text,
        sequence -> BigInt,
        supplier_id -> Text,
        version_id -> Text,
        round -> BigInt,
        method -> Text,
        language -> Text,
        text_sha256 -> Text,
        company_number -> BigInt,
        company_name -> Text,
        person_id -> Nullable<Text>,
        authentication_id -> Nullable<Text>,
        right_id -> Nullable<Text>,
        account_id -> Text,
        account_name -> Text,
        typed_name -> Text,
        typed_title -> Text,
        authority -> Text,
        confirmation -> Text,
        reading -> Text,
        signed_at -> Timestamp,
        time_zone -> Text,
        address -> Text,
        agent -> Text,
        document_id -> Nullable<Text>,
        document_sha256 -> Text,
        paper_date -> Nullable<Date>,
        previous_hash -> Text,
        hash -> Text,
        key_id -> Text,
        receipt -> Text,
    }
}

diesel::table! {
    signature_holders (id) {
        id -> Text,
        supplier_id -> Text,
    }
}

diesel::table! {
    signature_voids (signature_id) {
        signature_id -> Text,
        reason -> Text,
        voided_at -> Timestamp,
        voided_by -> Text,
        voided_name -> Text,
    }
}

diesel::table! {
    clause_exceptions (id) {
        id -> Text,
        supplier_id -> Text,
        clause_id -> Text,
        reason -> Text,
        valid_from -> Date,
        valid_to -> Date,
        granted_by -> Text,
        granted_name -> Text,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_name -> Text,
        ended_reason -> Text,
    }
}

diesel::table! {
    clause_requests (id) {
        id -> Text,
        supplier_id -> Text,
        version_id -> Text,
        requested_by -> Text,
        requested_name -> Text,
        requested_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    checkpoints (id) {
        id -> Text,
        day -> Date,
        created_at -> Timestamp,
        audit_sequence -> BigInt,
        audit_hash -> Text,
        signature_sequence -> BigInt,
        signature_hash -> Text,
        key_id -> Text,
        statement -> Text,
    }
}
