//! Which tables may meet in one query.

/// Lets any two of the tables be in one query. Diesel's macro for this, `allow_tables_to_appear_in_same_query!`,
/// writes a dozen more impls for each pair, for PostgreSQL's `ONLY` and `TABLESAMPLE`, which nothing here
/// uses: with some hundred tables the compiler took minutes for them alone.
macro_rules! appear_in_same_query {
    ($first:ident $(, $other:ident)* $(,)?) => {
        $(
            impl diesel::query_source::TableNotEqual<$first::table> for $other::table {}
            impl diesel::query_source::TableNotEqual<$other::table> for $first::table {}
        )*
        appear_in_same_query!($($other),*);
    };
    () => {};
}
