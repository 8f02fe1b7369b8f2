//! The answer beside each row of the list.

use super::{Clearance, HoldSources, clearance, reach, today};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::suppliers::list::{Code, Row};
use crate::values::now;

/// Whether one may order from the rows' companies today: with one query more than the list makes, and
/// those of the rooms that hold things against companies as a whole.
pub fn of_rows(
    c: &mut AnyConnection,
    sources: HoldSources,
    rows: &[Row],
    codes: &[Code],
) -> Result<Vec<Clearance>, Error> {
    let sites: Vec<&str> = rows.iter().map(|row| row.registered_site_id.as_str()).collect();
    let reach = reach(c, &sites)?;
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let held = sources.without_categories().held(c, &ids)?;
    let on = now().date();
    let of_row = |row: &Row| {
        let own = codes.iter().filter(|code| code.supplier_id == row.id);
        let own =
            own.map(|code| (code.kind.as_str(), code.value.as_str(), code.confirmed_at.is_some()));
        let facts = today(row.stage, &row.area, reach.get(&row.id), own, held.get(&row.id));
        clearance(&facts, None, on)
    };
    Ok(rows.iter().map(of_row).collect())
}
