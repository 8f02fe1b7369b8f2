//! The written criteria of a need. They stand before the first verdict, and stay as they are after
//! it: nobody bends them to a candidate.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::on_both;
use crate::schema::{need_criteria, screenings};
use crate::values::new_id;

/// Letters of a criterion, at most.
const TITLE_LIMIT: usize = 300;
/// The weight of the most important criterion; 1 is that of the least.
pub const MOST_WEIGHT: i64 = 10;

text_enum! {
    /// What it means not to meet a criterion.
    Strength {
        /// Who fails it is not accepted.
        Must = "must",
        /// It counts in the total.
        Should = "should",
    }
}

text_enum! {
    /// How a criterion is judged.
    Method {
        PassFail = "pass_fail",
        /// 0 to 5; from 3 on it is met.
        Score = "score",
    }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = need_criteria)]
pub struct Criterion {
    pub id: String,
    pub need_id: String,
    /// 1, 2, 3…
    pub position: i64,
    pub title: String,
    pub strength: Strength,
    pub method: Method,
    /// 1 to 10.
    pub weight: i64,
}

/// The rows of criteria as a form sends them: the n-th of each belongs to row n.
pub struct CriteriaInput<'a> {
    pub titles: &'a [String],
    pub strengths: &'a [String],
    pub methods: &'a [String],
    pub weights: &'a [String],
}

/// A row that was read, not yet kept.
#[derive(Debug, PartialEq)]
pub struct Written {
    title: String,
    strength: Strength,
    method: Method,
    weight: i64,
}

impl CriteriaInput<'_> {
    /// The rows that say something. A problem is at `criterion-<row>`, counted from 1.
    pub fn read(&self) -> Result<Vec<Written>, Problems> {
        let mut problems = Problems::default();
        let mut written = Vec::new();
        for (row, title) in self.titles.iter().map(|title| title.trim()).enumerate() {
            if title.is_empty() {
                continue;
            }
            match self.row(row, title) {
                Ok(criterion) => written.push(criterion),
                Err(problem) => problems.add(problem),
            }
        }
        if written.is_empty() && problems.is_empty() {
            problems.add(Problem::new("criterion-1", "no_criterion"));
        }
        if problems.is_empty() { Ok(written) } else { Err(problems) }
    }

    fn row(&self, row: usize, title: &str) -> Result<Written, Problem> {
        let field = format!("criterion-{}", row + 1);
        let at = |texts: &[String]| texts.get(row).map(|t| t.trim().to_string());
        if title.chars().count() > TITLE_LIMIT {
            return Err(Problem::new(&field, "too_long").with("max", TITLE_LIMIT));
        }
        if title.chars().any(char::is_control) {
            return Err(Problem::new(&field, "control_characters"));
        }
        let strength = at(self.strengths).and_then(|text| Strength::parse(&text));
        let method = at(self.methods).and_then(|text| Method::parse(&text));
        let (Some(strength), Some(method)) = (strength, method) else {
            return Err(Problem::new(&field, "unknown_choice"));
        };
        let weight = at(self.weights).and_then(|text| text.parse::<i64>().ok());
        let Some(weight) = weight.filter(|weight| (1..=MOST_WEIGHT).contains(weight)) else {
            return Err(Problem::new(&field, "weight").with("max", MOST_WEIGHT));
        };
        Ok(Written { title: title.to_string(), strength, method, weight })
    }
}

/// The criteria of a need, in their order.
pub fn of(c: &mut AnyConnection, need_id: &str) -> Result<Vec<Criterion>, Error> {
    Ok(need_criteria::table
        .filter(need_criteria::need_id.eq(need_id))
        .order(need_criteria::position)
        .select(Criterion::as_select())
        .load(c)?)
}

/// Whether a candidate has been judged by them: they stay as they are then.
pub fn are_frozen(c: &mut AnyConnection, need_id: &str) -> Result<bool, Error> {
    let judged = screenings::table
        .inner_join(need_criteria::table.on(need_criteria::id.eq(screenings::criterion_id)))
        .filter(need_criteria::need_id.eq(need_id));
    Ok(diesel::select(exists(judged)).get_result(c)?)
}

/// Puts these in the place of a need's criteria. The caller has asked whether they are frozen.
pub(super) fn replace(
    c: &mut AnyConnection,
    need_id: &str,
    written: Vec<Written>,
) -> Result<(), Error> {
    diesel::delete(need_criteria::table.filter(need_criteria::need_id.eq(need_id))).execute(c)?;
    let rows: Vec<Criterion> = written
        .into_iter()
        .zip(1..)
        .map(|(one, position)| Criterion {
            id: new_id(),
            need_id: need_id.into(),
            position,
            title: one.title,
            strength: one.strength,
            method: one.method,
            weight: one.weight,
        })
        .collect();
    on_both!(c, c => diesel::insert_into(need_criteria::table).values(&rows).execute(c))?;
    Ok(())
}

/// The criteria in one text, for the audit trail.
pub(super) fn described(criteria: &[Criterion]) -> String {
    let text = |one: &Criterion| {
        let (strength, method) = (one.strength.as_str(), one.method.as_str());
        format!("{} [{strength}, {method}, {}]", one.title, one.weight)
    };
    criteria.iter().map(text).collect::<Vec<_>>().join("; ")
}
