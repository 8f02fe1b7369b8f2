//! Text search over `suppliers.search_text`: trigrams on both databases.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::sql_types::Bool;

use super::AnyConnection;

/// A condition on `suppliers`, ready for `.filter()`.
pub type Text = SqlLiteral<Bool>;

/// The condition that `search_text` holds every one of `terms` (folded by
/// `suppliers::names::search_terms`: letters, digits and spaces only), looking at no more than
/// the first `limit` companies found. `None` when there is nothing to look for.
///
/// The terms stand in the statement itself, which is safe because [`is_plain`] lets through
/// nothing that could end a literal, and is needed because a bound pattern keeps PostgreSQL
/// from planning with the trigram index.
pub fn text_contains(c: &AnyConnection, terms: &[String], limit: usize) -> Option<Text> {
    let terms: Vec<&String> = terms.iter().filter(|t| is_plain(t)).collect();
    if terms.is_empty() {
        return None;
    }
    let condition = match c {
        AnyConnection::Sqlite(_) => {
            let phrases: Vec<String> = terms.iter().map(|t| format!("\"{t}\"")).collect();
            format!(
                "suppliers.number IN (SELECT rowid FROM supplier_search WHERE supplier_search MATCH '{}' LIMIT {limit})",
                phrases.join(" AND ")
            )
        }
        AnyConnection::Postgres(_) => {
            let likes: Vec<String> =
                terms.iter().map(|t| format!("found.search_text LIKE '%{t}%'")).collect();
            format!(
                "suppliers.number IN (SELECT found.number FROM suppliers found WHERE {} LIMIT {limit})",
                likes.join(" AND ")
            )
        }
    };
    Some(sql::<Bool>(&condition))
}

fn is_plain(term: &str) -> bool {
    !term.trim().is_empty() && term.chars().all(|c| c.is_alphanumeric() || c == ' ')
}
