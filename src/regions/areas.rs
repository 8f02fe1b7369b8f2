//! Area codes: what a supplier keeps of its place. A GB/T 2260 province in China (Hong Kong,
//! Macao and Taiwan among them), an ISO 3166-1 country elsewhere, `CN` for China without a
//! province, and nothing when nothing is known.

use super::{Placement, Scheme, countries, province, provinces};

/// The ISO 3166-1 country of a GB/T 2260 province: HK, MO and TW have codes of their own.
pub fn country_of_province(code: &str) -> &'static str {
    match code {
        "710000" => "TW",
        "810000" => "HK",
        "820000" => "MO",
        _ => "CN",
    }
}

/// The country of an area, "" when nothing is known.
pub fn country_of_area(area: &str) -> &str {
    if province(area).is_some() { country_of_province(area) } else { area }
}

impl Scheme {
    /// Where the scheme puts an area.
    pub fn place(&self, area: &str) -> Placement<'_> {
        match province(area) {
            Some(found) => self.region_of(Some(country_of_province(found.code)), Some(found.code)),
            None => self.region_of(Some(area), None),
        }
    }

    /// The areas of a region, given by its code; `outside` and `unresolved` name the two rest
    /// rows of a report.
    pub fn areas_of(&self, region: &str) -> Vec<String> {
        let all = provinces().iter().map(|p| p.code).chain(countries().iter().map(|c| c.code));
        all.chain(["CN", ""])
            .filter(|area| match self.place(area) {
                Placement::In(found) => found.code == region,
                Placement::Outside => region == OUTSIDE,
                Placement::Unresolved => region == UNRESOLVED,
            })
            // Hong Kong, Macao and Taiwan are kept under their province codes only.
            .filter(|area| !["HK", "MO", "TW"].contains(area))
            .map(str::to_string)
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect()
    }
}

/// The row of a report for places that the scheme does not cover.
pub const OUTSIDE: &str = "outside";
/// The row of a report for places that are not known well enough.
pub const UNRESOLVED: &str = "unresolved";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regions::{built_in, built_in_schemes};

    #[test]
    fn every_area_stands_in_exactly_one_row_of_every_scheme() {
        for scheme in built_in_schemes() {
            let rows = scheme.regions.iter().map(|r| r.code.as_str()).chain([OUTSIDE, UNRESOLVED]);
            let areas: Vec<String> = rows.flat_map(|row| scheme.areas_of(row)).collect();
            let distinct: std::collections::BTreeSet<_> = areas.iter().collect();
            assert_eq!(areas.len(), distinct.len(), "{}", scheme.id);
            assert!(provinces().iter().all(|p| distinct.contains(&p.code.to_string())));
        }
    }

    #[test]
    fn an_unknown_place_is_unresolved_and_a_foreign_one_outside() {
        let six = built_in("cn-six").unwrap();
        assert_eq!(six.place(""), Placement::Unresolved);
        assert_eq!(six.place("CN"), Placement::Unresolved);
        assert_eq!(six.place("VN"), Placement::Outside);
        assert!(six.areas_of("eastern").contains(&"320000".to_string()));
    }
}
