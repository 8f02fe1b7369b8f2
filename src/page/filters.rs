//! Filters as they stand in the address of a page.

use rocket::http::RawStr;

/// What was written in a field, if anything was.
pub fn given(field: &Option<String>) -> Option<&str> {
    field.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// Fields as a query string without `?`; those that say nothing are left out.
pub fn query_string<'a>(fields: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> String {
    let told = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let parts: Vec<String> = told
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", RawStr::new(value).percent_encode()))
        .collect();
    parts.join("&")
}
