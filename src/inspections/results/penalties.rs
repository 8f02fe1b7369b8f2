//! The penalties of companies: points off the score, from a day on, for some months.

use std::collections::HashMap;

use chrono::{Days, Months, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Effect, EffectStatus};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::inspection_effects;

/// A penalty that counts for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Penalty {
    /// The id of the effect, for whoever wants to see why.
    pub effect_id: String,
    pub points: i64,
    /// The day on which it was applied: a score of an earlier day does not change.
    pub from: NaiveDate,
    pub months: i64,
}

impl Penalty {
    /// The last day on which it counts.
    pub fn last_day(&self) -> NaiveDate {
        let months = Months::new(u32::try_from(self.months).unwrap_or(0));
        self.from.checked_add_months(months).unwrap_or(self.from) - Days::new(1)
    }

    /// Whether it counts on a day.
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.last_day()
    }
}

/// The applied penalties of companies, by their ids, in one query; the oldest first. Those without any
/// are left out.
pub fn penalties_of(
    c: &mut AnyConnection,
    supplier_ids: &[&str],
) -> Result<HashMap<String, Vec<Penalty>>, Error> {
    let found: Vec<(String, String, i64, i64, NaiveDateTime)> = inspection_effects::table
        .filter(among(inspection_effects::supplier_id, supplier_ids.iter().copied()))
        .filter(inspection_effects::effect.eq(Effect::Penalty))
        .filter(inspection_effects::status.eq(EffectStatus::Applied))
        .order((inspection_effects::created_at, inspection_effects::id))
        .select((
            inspection_effects::supplier_id,
            inspection_effects::id,
            inspection_effects::points,
            inspection_effects::months,
            inspection_effects::created_at,
        ))
        .load(c)?;
    let mut of: HashMap<String, Vec<Penalty>> = HashMap::new();
    for (supplier_id, effect_id, points, months, at) in found {
        let penalty = Penalty { effect_id, points, from: at.date(), months };
        of.entry(supplier_id).or_default().push(penalty);
    }
    Ok(of)
}
