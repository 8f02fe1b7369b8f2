//! The list's filters as they stand in the address, shared by the page and its export.

use rocket::form::FromForm;

use super::Stage;
use super::list::{Filter, From, Order};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::page::filters::{given, query_string};
use crate::page::paging::Cursor;
use crate::regions;

/// The query string of the list. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
pub struct ListQuery {
    pub q: Option<String>,
    /// Id of a region scheme, `cn-six` when missing.
    pub scheme: Option<String>,
    /// Code of a region of the scheme, `outside` or `unresolved`.
    pub region: Option<String>,
    /// A province or country code.
    pub area: Option<String>,
    pub stage: Option<String>,
    /// Id of a category.
    pub category: Option<String>,
    pub sort: Option<String>,
    pub after: Option<String>,
    pub before: Option<String>,
}

/// The scheme used where none is named: the reference report's.
pub const DEFAULT_SCHEME: &str = "cn-six";

impl ListQuery {
    pub fn scheme_id(&self) -> &str {
        given(&self.scheme).unwrap_or(DEFAULT_SCHEME)
    }

    /// The order asked for. By name when none is, and what a text finds by number: that order can
    /// be walked to its end however much is found.
    pub fn order(&self) -> Order {
        let usual = if given(&self.q).is_some() { Order::Oldest } else { Order::Name };
        given(&self.sort).and_then(Order::parse).unwrap_or(usual)
    }

    /// The filter, within what a person may see.
    pub fn filter(&self, c: &mut AnyConnection, scope: &Scope) -> Result<Filter, Error> {
        let mut filter = Filter {
            stage: given(&self.stage).and_then(Stage::parse),
            category: given(&self.category).map(str::to_string),
            text: given(&self.q).unwrap_or_default().chars().take(200).collect(),
            order: self.order(),
            ..Filter::all(scope)
        };
        let mut chosen = match given(&self.region) {
            Some(region) => Some(regions::find_scheme(c, self.scheme_id())?.areas_of(region)),
            None => None,
        };
        if let Some(area) = &self.area.as_ref().filter(|a| !a.is_empty()) {
            let keep = |areas: Vec<String>| areas.into_iter().filter(|a| a == *area).collect();
            chosen = Some(chosen.map(keep).unwrap_or_else(|| vec![area.to_string()]));
        }
        if let Some(chosen) = chosen {
            filter = filter.within(scope, chosen);
        }
        Ok(filter)
    }

    pub fn from(&self) -> From {
        if let Some(cursor) = given(&self.after).and_then(Cursor::decode) {
            return From::After(cursor);
        }
        match given(&self.before).and_then(Cursor::decode) {
            Some(cursor) => From::Before(cursor),
            None => From::Start,
        }
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("q", given(&self.q)),
            ("scheme", given(&self.scheme)),
            ("region", given(&self.region)),
            ("area", given(&self.area)),
            ("stage", given(&self.stage)),
            ("category", given(&self.category)),
            ("sort", given(&self.sort)),
        ]
    }

    /// The filters as a query string without `?`, one of them replaced (or, with "", dropped),
    /// from the first page on.
    pub fn with(&self, name: &str, value: &str) -> String {
        let kept = self.pairs().into_iter().filter(|(n, _)| *n != name);
        let all = kept.chain([(if name.is_empty() { "" } else { name_of(name) }, Some(value))]);
        query_string(all)
    }

    /// The filters as they are.
    pub fn query_string(&self) -> String {
        self.with("", "")
    }

    /// True when anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        self.pairs().iter().any(|(n, v)| v.is_some() && *n != "sort" && *n != "scheme")
    }
}

/// The names that stand in addresses, as text that lives long enough.
fn name_of(name: &str) -> &'static str {
    const NAMES: [&str; 9] =
        ["q", "scheme", "region", "area", "stage", "category", "sort", "after", "before"];
    NAMES.iter().find(|n| **n == name).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_replaced_and_the_others_stay() {
        let query = ListQuery {
            q: Some("浙江".into()),
            stage: Some("active".into()),
            after: Some("x".into()),
            ..Default::default()
        };
        assert_eq!(query.with("stage", ""), "q=%E6%B5%99%E6%B1%9F");
        assert_eq!(query.with("sort", "newest"), "q=%E6%B5%99%E6%B1%9F&stage=active&sort=newest");
        assert!(query.is_narrowed());
    }
}
