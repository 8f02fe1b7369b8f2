//! Lists, a page at a time. A page is found by the key of the row before it, so the thousandth
//! costs what the first does, and a walk meets each row once whatever is added meanwhile.

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{Error, Problems};
use crate::page::paging::Cursor;

/// Rows on a page when none are named, and at most.
pub const LIMIT: (usize, usize) = (50, 200);

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct Items<T> {
    pub items: Vec<T>,
    /// Where the list goes on; null at its end.
    pub next_cursor: Option<String>,
}

/// How many rows a page has, from the parameter `limit`.
pub fn limit(given: &Option<String>) -> Result<usize, Problems> {
    let (usual, most) = LIMIT;
    let Some(text) = given else { return Ok(usual) };
    let is_plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(limit) if is_plain && (1..=most).contains(&limit) => Ok(limit),
        _ => Err(Problems(vec![crate::error::Problem::new("limit", "limit").with("max", most)])),
    }
}

/// The place to go on from and the number of rows, from the parameters `cursor` and `limit`; or what is
/// wrong with them, after what is wrong with other parameters.
pub fn place(
    cursor: &Option<String>,
    limit: &Option<String>,
    mut problems: Problems,
) -> Result<(Option<Cursor>, usize), Problems> {
    let limit = self::limit(limit).map_err(|p| problems.0.extend(p.0));
    let cursor = from_cursor(cursor).map_err(|p| problems.0.extend(p.0));
    match (cursor, limit) {
        (Ok(cursor), Ok(limit)) if problems.is_empty() => Ok((cursor, limit)),
        _ => Err(problems),
    }
}

/// The address of a list that is asked `query`.
pub fn address(path: &str, query: &impl Serialize) -> Result<String, Error> {
    let query = serde_html_form::to_string(query).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(format!("{path}?{query}"))
}

/// The place to go on from, from the parameter `cursor`.
pub fn from_cursor(given: &Option<String>) -> Result<Option<Cursor>, Problems> {
    let Some(text) = given else { return Ok(None) };
    match Cursor::decode(text) {
        // PostgreSQL takes no null character, and we make no cursor with one.
        Some(cursor) if !cursor.key.contains('\0') => Ok(Some(cursor)),
        _ => Err(Problems::one("cursor", "cursor")),
    }
}
