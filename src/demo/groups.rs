//! Who controls whom among the invented companies.

use diesel::prelude::*;

use crate::access::command_line;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::suppliers;
use crate::suppliers::groups::{self, LinkInput};

/// Number of the parent and of the child, what the control rests on, the share in percent, and
/// from when to when: a group of five over three steps, one held by contract, one that came apart,
/// a holding without control.
const LINKS: &[(i64, i64, &str, &str, &str, &str)] = &[
    (5, 112, "majority", "100", "2016-03-01", ""),
    (5, 27, "majority", "66.7", "2018-07-01", ""),
    (112, 48, "majority", "51", "2019-01-15", ""),
    (27, 63, "management", "", "2020-05-01", ""),
    (9, 31, "contract", "", "2017-09-01", ""),
    (14, 55, "majority", "80", "2015-06-01", "2022-11-30"),
    (14, 71, "minority", "19.9", "2021-02-01", ""),
    (33, 90, "voting", "45", "2019-10-01", ""),
];

/// Records the links. The companies are there.
pub fn fill(c: &mut AnyConnection) -> Result<(), Error> {
    for (parent, child, control, share, from, to) in LINKS {
        let id: String =
            suppliers::table.filter(suppliers::number.eq(parent)).select(suppliers::id).first(c)?;
        let link = LinkInput {
            company: crate::suppliers::code_of(*child),
            direction: "controls".into(),
            control: control.to_string(),
            share: share.to_string(),
            valid_from: from.to_string(),
            valid_to: to.to_string(),
            evidence: "Register extract (invented) 工商登记摘录（虚构）".into(),
        };
        groups::add(c, &command_line(), &id, &link)?;
    }
    Ok(())
}
