//! Who must sign a version that not everybody must sign.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::clause_duties;

text_enum! {
    /// What a company has in common with others that must sign.
    DutyKind {
        /// It offers a category, or one below it: the subject is the category's id.
        Category = "category",
        /// It is in an area: the subject is the area's code. `CN` is all of China.
        Area = "area",
        /// It touches our data; the subject is "".
        DataAccess = "data_access",
    }
}

/// A reason to sign.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = clause_duties)]
pub struct Duty {
    pub id: String,
    pub version_id: String,
    pub kind: DutyKind,
    pub subject: String,
}

impl Duty {
    /// Whether it is about a place that an area is, or is in.
    pub fn is_of_area(&self, area: &str) -> bool {
        let country = crate::regions::country_of_area(area);
        self.kind == DutyKind::Area && (self.subject == area || self.subject == country)
    }
}

/// The duties of a version.
pub fn of(c: &mut AnyConnection, version_id: &str) -> Result<Vec<Duty>, Error> {
    Ok(clause_duties::table
        .filter(clause_duties::version_id.eq(version_id))
        .order((clause_duties::kind, clause_duties::subject))
        .select(Duty::as_select())
        .load(c)?)
}

/// The duties of some versions, by their ids.
pub fn of_all(
    c: &mut AnyConnection,
    version_ids: &[&str],
) -> Result<HashMap<String, Vec<Duty>>, Error> {
    let found: Vec<Duty> = clause_duties::table
        .filter(among(clause_duties::version_id, version_ids.iter().copied()))
        .order((clause_duties::kind, clause_duties::subject))
        .select(Duty::as_select())
        .load(c)?;
    let mut all: HashMap<String, Vec<Duty>> = HashMap::new();
    for duty in found {
        all.entry(duty.version_id.clone()).or_default().push(duty);
    }
    Ok(all)
}
