//! The filters of the list as they stand in the address, shared by the page and its export.

use rocket::form::FromForm;

use super::list::{Asked, Day};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::{Kind, Status};
use crate::page::filters::{given, query_string};
use crate::page::paging::Cursor;
use crate::regions;
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::calendar_day;

/// The query string of the list. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
pub struct InspectionQuery {
    /// "I-000012", "S-000123", or words of a company's name.
    pub q: Option<String>,
    /// A status, or "open" or "done" for several.
    pub status: Option<String>,
    pub kind: Option<String>,
    /// Id of a plan.
    pub plan: Option<String>,
    /// "mine", or the id of an account.
    pub inspector: Option<String>,
    /// Id of a region scheme, `cn-six` when missing.
    pub scheme: Option<String>,
    /// Code of a region of the scheme, `outside` or `unresolved`.
    pub region: Option<String>,
    /// A province or country code.
    pub area: Option<String>,
    /// What the period is about: "planned", "visited" or "either".
    pub day: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub after: Option<String>,
}

impl InspectionQuery {
    pub fn scheme_id(&self) -> &str {
        given(&self.scheme).unwrap_or(DEFAULT_SCHEME)
    }

    pub fn asked(&self, c: &mut AnyConnection, viewer: &Actor) -> Result<Asked, Error> {
        let mut areas = match given(&self.region) {
            Some(region) => Some(regions::find_scheme(c, self.scheme_id())?.areas_of(region)),
            None => None,
        };
        if let Some(area) = given(&self.area) {
            let keep = |areas: Vec<String>| areas.into_iter().filter(|one| one == area).collect();
            areas = Some(areas.map(keep).unwrap_or_else(|| vec![area.to_string()]));
        }
        let inspector = given(&self.inspector).map(|one| match one {
            "mine" => viewer.account_id.clone(),
            id => id.to_string(),
        });
        Ok(Asked {
            text: given(&self.q).unwrap_or_default().chars().take(200).collect(),
            supplier: None,
            statuses: given(&self.status).map(statuses).unwrap_or_default(),
            kind: given(&self.kind).and_then(Kind::parse),
            plan: given(&self.plan).map(str::to_string),
            inspector,
            areas,
            day: given(&self.day).and_then(Day::parse),
            from: given(&self.from).and_then(calendar_day),
            to: given(&self.to).and_then(calendar_day),
        })
    }

    pub fn before(&self) -> Option<i64> {
        given(&self.after).and_then(Cursor::decode).map(|cursor| cursor.number)
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 11] {
        [
            ("q", given(&self.q)),
            ("status", given(&self.status)),
            ("kind", given(&self.kind)),
            ("plan", given(&self.plan)),
            ("inspector", given(&self.inspector)),
            ("scheme", given(&self.scheme)),
            ("region", given(&self.region)),
            ("area", given(&self.area)),
            ("day", given(&self.day)),
            ("from", given(&self.from)),
            ("to", given(&self.to)),
        ]
    }

    /// The filters as a query string without `?`.
    pub fn filters(&self) -> String {
        query_string(self.pairs())
    }

    /// The address of the page after a row.
    pub fn next(&self, after: &Cursor) -> String {
        let after = after.encode();
        let all = self.pairs().into_iter().chain([("after", Some(after.as_str()))]);
        format!("/inspections?{}", query_string(all))
    }

    /// True when anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        let narrows = |name: &str| name != "scheme" && name != "day";
        self.pairs().iter().any(|(name, value)| value.is_some() && narrows(name))
    }

    pub fn is(&self, field: &Option<String>, value: &str) -> bool {
        given(field) == Some(value)
    }

    /// What stands in a field, "" when nothing.
    pub fn text<'a>(&self, field: &'a Option<String>) -> &'a str {
        given(field).unwrap_or_default()
    }
}

/// The states that a word stands for; none for one that is unknown.
fn statuses(word: &str) -> Vec<Status> {
    let all = Status::ALL.iter().copied();
    match word {
        "open" => all.filter(|one| one.is_open()).collect(),
        "done" => all.filter(|one| one.is_done()).collect(),
        word => Status::parse(word).into_iter().collect(),
    }
}
