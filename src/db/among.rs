//! `column IN (…)` as a statement that the database prepares once: Diesel's own makes a new
//! statement for each number of values and keeps none of them.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::prelude::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text};

/// Values are filled up to a multiple of this with one that no row has.
const STEP: usize = 25;

/// The condition that `column` is one of some values of the SQL type `S`.
pub struct Among<C, V, S> {
    column: C,
    values: Vec<V>,
    sql_type: PhantomData<S>,
}

/// The condition that `column` is one of `ids`. Ids are never empty texts.
pub fn among<'a, C>(column: C, ids: impl IntoIterator<Item = &'a str>) -> Among<C, &'a str, Text> {
    filled_up(column, ids.into_iter().collect(), "")
}

/// The condition that `column` is one of `numbers`, of which none is the smallest of all.
pub fn among_numbers<C>(column: C, numbers: &[i64]) -> Among<C, i64, BigInt> {
    filled_up(column, numbers.to_vec(), i64::MIN)
}

fn filled_up<C, V: Clone, S>(column: C, mut values: Vec<V>, nobody: V) -> Among<C, V, S> {
    values.resize(values.len().max(1).next_multiple_of(STEP), nobody);
    Among { column, values, sql_type: PhantomData }
}

impl<C, V, S> Expression for Among<C, V, S> {
    type SqlType = Bool;
}

impl<C: AppearsOnTable<T>, V, S, T> AppearsOnTable<T> for Among<C, V, S> {}

impl<C, V, S> ValidGrouping<()> for Among<C, V, S> {
    type IsAggregate = is_aggregate::No;
}

impl<C, V, S> QueryId for Among<C, V, S> {
    type QueryId = ();
    // The number of values is part of the statement.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C, V, S, DB> QueryFragment<DB> for Among<C, V, S>
where
    C: QueryFragment<DB>,
    DB: Backend + HasSqlType<S>,
    V: ToSql<S, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        for (index, value) in self.values.iter().enumerate() {
            if index > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<S, V>(value)?;
        }
        out.push_sql(")");
        Ok(())
    }
}
