//! Text search over `suppliers.search_text`: trigrams on both databases.

use diesel::backend::Backend;
use diesel::dsl::sql;
use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text};

use super::AnyConnection;
use crate::error::Error;

/// What a search looks for, and within which suppliers.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Folded by `suppliers::names::search_terms`: letters, digits and spaces only.
    pub terms: Vec<String>,
    /// Area codes, `None` for all.
    pub areas: Option<Vec<String>>,
    pub stage: Option<&'static str>,
    /// Id of a category.
    pub category: Option<String>,
    /// Companies found at most, `None` for all of them.
    pub limit: Option<usize>,
    /// Which of them, when there is a limit: those next to a place in the order of numbers.
    /// Without it, the first that the index gives.
    pub next: Option<Next>,
}

/// A place in the order of supplier numbers, and the way to go on from it.
#[derive(Clone, Copy, Debug)]
pub enum Next {
    /// The smallest numbers above this one.
    Above(i64),
    /// The largest numbers below this one.
    Below(i64),
}

impl Search {
    fn narrows(&self) -> bool {
        self.areas.is_some() || self.stage.is_some() || self.category.is_some()
    }
}

/// A condition on `suppliers`, ready for `.filter()`: the company is among those found.
#[derive(Clone, Debug)]
pub struct Found {
    matching: Matching,
    search: Search,
}

#[derive(Clone, Debug)]
enum Matching {
    /// SQLite's index is asked first, and gives its hits one by one: with a limit, a word that
    /// many names hold costs no more than a rare one.
    Index {
        phrases: String,
        /// Terms that the names found must hold as they stand: of these the index cannot tell in
        /// which order their pieces are.
        whole: Vec<String>,
    },
    /// The terms stand in the statement itself, which is safe because [`is_plain`] lets through
    /// nothing that could end a literal, and is needed because a bound pattern keeps PostgreSQL
    /// from planning with the trigram index.
    Patterns(String),
}

/// The condition that `search_text` holds every one of the terms. `None` when there is nothing
/// to look for.
pub fn found(c: &AnyConnection, search: Search) -> Option<Found> {
    let terms: Vec<&String> = search.terms.iter().filter(|t| is_plain(t)).collect();
    if terms.is_empty() {
        return None;
    }
    let all = |each: fn(&str) -> String| {
        terms.iter().map(|term| each(term)).collect::<Vec<_>>().join(" AND ")
    };
    let matching = match c {
        AnyConnection::Sqlite(_) => Matching::Index {
            phrases: all(phrases),
            whole: terms.iter().filter(|t| has_repeats(t)).map(|t| t.to_string()).collect(),
        },
        AnyConnection::Postgres(_) => {
            Matching::Patterns(all(|term| format!("found.search_text LIKE '%{term}%'")))
        }
    };
    Some(Found { matching, search })
}

fn is_plain(term: &str) -> bool {
    !term.trim().is_empty() && term.chars().all(|c| c.is_alphanumeric() || c == ' ')
}

/// How SQLite's index is asked for a term. Each ideograph alone stands in very many names; pairs
/// of them do not, so several are looked for by their pairs, as near to each other as they are in
/// the term. Pairs of different ideographs that are so near can only be the term itself.
fn phrases(term: &str) -> String {
    let pairs = pairs(term);
    if pairs.is_empty() {
        return format!("\"{term}\"");
    }
    let quoted: Vec<String> = pairs.iter().map(|pair| format!("\"{pair}\"")).collect();
    // Trigrams between the first pair and the last: two to each ideograph.
    let between = (2 * pairs.len()).saturating_sub(3);
    format!("NEAR({}, {between})", quoted.join(" "))
}

/// Whether a term has several pairs and an ideograph twice: its pairs can stand near each other in
/// another order, too.
fn has_repeats(term: &str) -> bool {
    let pairs = pairs(term);
    let mut ideographs: Vec<char> = term.chars().skip(1).step_by(2).collect();
    ideographs.sort_unstable();
    pairs.len() > 1 && ideographs.windows(2).any(|two| two[0] == two[1])
}

/// The pairs of a term of ideographs only ("X浙X江X" has the pair "浙X江"), in the form of
/// `suppliers::names::fold`. None for any other term, and for a lone ideograph.
fn pairs(term: &str) -> Vec<String> {
    const BETWEEN: char = 'X';
    let letters: Vec<char> = term.chars().collect();
    let spaced = letters.iter().step_by(2).all(|c| *c == BETWEEN);
    let ideographs = letters.iter().skip(1).step_by(2).all(|c| *c != ' ' && *c != BETWEEN);
    if !spaced || !ideographs || letters.last() != Some(&BETWEEN) {
        return Vec::new();
    }
    letters.windows(3).skip(1).step_by(2).map(|w| w.iter().collect()).collect()
}

impl Expression for Found {
    type SqlType = Bool;
}

impl<T> AppearsOnTable<T> for Found {}

impl ValidGrouping<()> for Found {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for Found {
    type QueryId = ();
    // What it is narrowed to is part of the statement.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB> QueryFragment<DB> for Found
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt>,
    str: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("suppliers.number IN (");
        self.select_numbers(&mut out)?;
        out.push_sql(")");
        Ok(())
    }
}

/// A query of its own: the numbers of the companies found.
#[derive(Clone, Debug)]
struct Numbers(Found);

impl Query for Numbers {
    type SqlType = BigInt;
}

impl QueryId for Numbers {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for Numbers {}

impl<DB> QueryFragment<DB> for Numbers
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt>,
    str: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.select_numbers(&mut out)
    }
}

/// The numbers of the companies that a search finds, in the order that it asks for. Nobody when
/// there is nothing to look for.
pub fn numbers_found(c: &mut AnyConnection, search: Search) -> Result<Vec<i64>, Error> {
    match found(c, search) {
        Some(found) => Ok(Numbers(found).load(c)?),
        None => Ok(Vec::new()),
    }
}

impl Found {
    fn select_numbers<'b, DB>(&'b self, out: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Text> + HasSqlType<BigInt>,
        str: ToSql<Text, DB>,
        i64: ToSql<BigInt, DB>,
    {
        out.push_sql("SELECT ");
        match &self.matching {
            // The index alone knows the answer.
            Matching::Index { phrases, whole } if whole.is_empty() && !self.search.narrows() => {
                out.push_sql("rowid FROM supplier_search WHERE supplier_search MATCH ");
                out.push_bind_param::<Text, str>(phrases)?;
            }
            Matching::Index { phrases, whole } => {
                out.push_sql(
                    "found.number FROM supplier_search CROSS JOIN suppliers found \
                     ON found.number = supplier_search.rowid WHERE supplier_search MATCH ",
                );
                out.push_bind_param::<Text, str>(phrases)?;
                for term in whole {
                    out.push_sql(" AND instr(found.search_text, ");
                    out.push_bind_param::<Text, str>(term)?;
                    out.push_sql(") > 0");
                }
            }
            Matching::Patterns(patterns) => {
                out.unsafe_to_cache_prepared();
                out.push_sql("found.number FROM suppliers found WHERE ");
                out.push_sql(patterns);
            }
        }
        self.narrow(out)?;
        if let Some(limit) = self.search.limit {
            self.go_on(out)?;
            out.push_sql(&format!(" LIMIT {limit}"));
        }
        Ok(())
    }

    /// Both indexes give their hits in the order of numbers without sorting.
    fn go_on<'b, DB>(&'b self, out: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<BigInt>,
        i64: ToSql<BigInt, DB>,
    {
        let Some(next) = &self.search.next else {
            return Ok(());
        };
        let number = match self.matching {
            Matching::Index { .. } => "supplier_search.rowid",
            Matching::Patterns(_) => "found.number",
        };
        let (sign, place, order) = match next {
            Next::Above(place) => (">", place, "ASC"),
            Next::Below(place) => ("<", place, "DESC"),
        };
        out.push_sql(&format!(" AND {number} {sign} "));
        out.push_bind_param::<BigInt, i64>(place)?;
        out.push_sql(&format!(" ORDER BY {number} {order}"));
        Ok(())
    }

    fn narrow<'b, DB>(&'b self, out: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<Text>,
        str: ToSql<Text, DB>,
    {
        if let Some(areas) = &self.search.areas {
            // No code is a lone space: an empty list finds nothing.
            out.push_sql(" AND found.area IN (' '");
            for area in areas {
                out.push_sql(", ");
                out.push_bind_param::<Text, str>(area)?;
            }
            out.push_sql(")");
        }
        if let Some(stage) = self.search.stage {
            out.push_sql(" AND found.stage = ");
            out.push_bind_param::<Text, str>(stage)?;
        }
        if let Some(category) = &self.search.category {
            out.push_sql(
                " AND found.id IN (SELECT supplier_id FROM supplier_categories WHERE category_id = ",
            );
            out.push_bind_param::<Text, str>(category)?;
            out.push_sql(")");
        }
        Ok(())
    }
}

/// Pages of the index that one step of [`tidy`] merges: a moment's work.
const PAGES: i64 = 500;

/// Merges a part of what many changes have scattered over SQLite's index; a search looks into
/// each piece. True when nothing is left to merge. PostgreSQL tidies up by itself.
pub fn tidy(c: &mut AnyConnection, is_first_step: bool) -> Result<bool, Error> {
    let AnyConnection::Sqlite(c) = c else {
        return Ok(true);
    };
    let changes = || diesel::select(sql::<BigInt>("total_changes()"));
    let before: i64 = changes().get_result(c)?;
    // A negative number begins to merge everything (SQLite, "The FTS5 merge command").
    let pages = if is_first_step { -PAGES } else { PAGES };
    diesel::sql_query("INSERT INTO supplier_search (supplier_search, rank) VALUES ('merge', $1)")
        .bind::<BigInt, _>(pages)
        .execute(c)?;
    let after: i64 = changes().get_result(c)?;
    // The command itself counts for one.
    Ok(!is_first_step && after - before < 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_ideographs_are_looked_for_by_their_pairs() {
        assert_eq!(phrases("X浙X江X省X"), "NEAR(\"浙X江\" \"江X省\", 1)");
        assert_eq!(phrases("X浙X江X"), "NEAR(\"浙X江\", 0)");
        assert!(!has_repeats("X浙X江X省X") && has_repeats("X天X天X红X"));
        assert_eq!(phrases("X浙X"), "\"X浙X\"");
        assert_eq!(phrases("packag"), "\"packag\"");
        assert_eq!(phrases("X苏X州X  2"), "\"X苏X州X  2\"");
        assert_eq!(phrases("X"), "\"X\"");
    }
}
