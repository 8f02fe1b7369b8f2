//! `column IN (…)` as a statement that the database prepares once: Diesel's own makes a new
//! statement for each number of values and keeps none of them.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::prelude::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType, Text};

/// Values are filled up to a multiple of this with the empty text, which is no id.
const STEP: usize = 50;

/// The condition that `column` is one of some ids.
pub struct Among<'a, C> {
    column: C,
    ids: Vec<&'a str>,
}

/// The condition that `column` is one of `ids`. Ids are never empty texts.
pub fn among<'a, C>(column: C, ids: impl IntoIterator<Item = &'a str>) -> Among<'a, C> {
    let mut ids: Vec<&str> = ids.into_iter().collect();
    ids.resize(ids.len().max(1).next_multiple_of(STEP), "");
    Among { column, ids }
}

impl<C> Expression for Among<'_, C> {
    type SqlType = Bool;
}

impl<C: AppearsOnTable<T>, T> AppearsOnTable<T> for Among<'_, C> {}

impl<C> ValidGrouping<()> for Among<'_, C> {
    type IsAggregate = is_aggregate::No;
}

impl<C> QueryId for Among<'_, C> {
    type QueryId = ();
    // The number of values is part of the statement.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<'a, C, DB> QueryFragment<DB> for Among<'a, C>
where
    C: QueryFragment<DB>,
    DB: Backend + HasSqlType<Text>,
    &'a str: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        for (index, id) in self.ids.iter().enumerate() {
            if index > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<Text, &'a str>(id)?;
        }
        out.push_sql(")");
        Ok(())
    }
}
