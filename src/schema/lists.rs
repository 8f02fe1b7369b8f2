//! Tables of a list that is being read, until it is confirmed.

diesel::table! {
    import_rows (import_id, row_number) {
        import_id -> Text,
        row_number -> BigInt,
        outcome -> Text,
        match_key -> Text,
        site_key -> BigInt,
        supplier_id -> Text,
        supplier_ordinal -> BigInt,
        first_row -> BigInt,
        site_id -> Text,
        uscc -> Text,
        problems -> Text,
        legal_name -> Text,
        english_name -> Text,
        sort_key -> Text,
        search_text -> Text,
        stage -> Text,
        since -> Timestamp,
        industry -> Text,
        website -> Text,
        note -> Text,
        site_kind -> Text,
        site_name -> Text,
        address -> Text,
        country -> Text,
        area -> Text,
        city -> Text,
        place_status -> Text,
        place_reason -> Text,
        place_candidates -> Text,
    }
}

diesel::table! {
    import_identifiers (import_id, kind, value) {
        import_id -> Text,
        kind -> Text,
        value -> Text,
        id -> Text,
        row_number -> BigInt,
        supplier_id -> Text,
        doubtful -> BigInt,
        evidence -> Text,
    }
}

diesel::table! {
    import_contacts (id) {
        id -> Text,
        import_id -> Text,
        supplier_id -> Text,
        name -> Text,
        email -> Text,
        phone_sealed -> Text,
        phone_hint -> Text,
    }
}

diesel::table! {
    import_categories (import_id, row_number, category_id) {
        import_id -> Text,
        row_number -> BigInt,
        supplier_id -> Text,
        category_id -> Text,
    }
}
