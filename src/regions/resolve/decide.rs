//! Weighing the names that were found against each other.
//!
//! Provinces and prefecture-level cities in strong positions must agree; if
//! they do not, the row is a contradiction. Counties narrow down what is open,
//! because their names are borne by towns and streets elsewhere too.

use super::names::{Level, Meaning};
use super::scan::{Hit, Weight};
use super::words::Suffix;
use super::{Place, Reason, place_in};

/// A hit with the meanings that are possible beside the other hits.
struct Find<'a> {
    hit: &'a Hit,
    /// It comes from the column of cities.
    city_column: bool,
    meanings: Vec<&'static Meaning>,
}

/// A set of provinces, one bit for the first two digits of each code.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Provinces(u128);

impl Provinces {
    const ALL: Self = Self(u128::MAX);

    fn of(code: &str) -> Self {
        let digits = code.get(..2).and_then(|two| two.parse::<u32>().ok());
        Self(1 << digits.unwrap_or(0).min(127))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn has(self, code: &str) -> bool {
        self.and(Self::of(code)).0 != 0
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn is_one(self) -> bool {
        self.0.count_ones() == 1
    }
}

impl Find<'_> {
    fn provinces(&self) -> Provinces {
        let codes = self.meanings.iter().map(|meaning| Provinces::of(meaning.province).0);
        Provinces(codes.fold(0, |all, one| all | one))
    }

    fn strong(&self) -> bool {
        self.hit.weight == Weight::Strong
    }

    /// It can mean a province or a prefecture-level city.
    fn general(&self) -> bool {
        self.meanings.iter().any(|meaning| meaning.level != Level::County)
    }
}

/// What the hits of a row say: its place, or why they do not settle it. The
/// flag beside each hit tells whether it is from the column of cities.
pub fn decide(hits: &[(Hit, bool)]) -> Result<Place, (Reason, Vec<Place>)> {
    let finds = possible(hits);
    let province = match settle(&finds) {
        Ok(province) => province,
        Err(reason) => return Err((reason, candidates(&finds))),
    };
    if county_contradicts(&finds, province) {
        return Err((Reason::Contradiction, candidates(&finds)));
    }
    Ok(place_in(province, city_within(&finds, province)))
}

/// All places the hits can mean, the ones with a city before bare provinces.
pub fn all_places(hits: &[(Hit, bool)]) -> Vec<Place> {
    candidates(&possible(hits))
}

fn possible(hits: &[(Hit, bool)]) -> Vec<Find<'_>> {
    let named_city = |code: Option<&str>| {
        code.is_some() && {
            let mut all = hits.iter().flat_map(|(hit, _)| hit.meanings);
            all.any(|other| other.level == Level::City && other.city == code)
        }
    };
    let fits = |hit: &Hit, meaning: &Meaning| match meaning.level {
        Level::County => {
            !meaning.shadowed || hit.suffix == Some(Suffix::County) || named_city(meaning.city)
        }
        Level::City => hit.suffix != Some(Suffix::Province),
        Level::Province => true,
    };
    hits.iter()
        .map(|(hit, city_column)| Find {
            hit,
            city_column: *city_column,
            meanings: hit.meanings.iter().filter(|meaning| fits(hit, meaning)).collect(),
        })
        .collect()
}

/// The one province that the hits agree on.
fn settle(finds: &[Find]) -> Result<&'static str, Reason> {
    let all = |keep: &dyn Fn(&&Find) -> bool| {
        let kept = finds.iter().filter(keep);
        kept.fold(None, |set: Option<Provinces>, find| {
            Some(set.unwrap_or(Provinces::ALL).and(find.provinces()))
        })
    };
    let cities = all(&|find| find.strong() && find.general());
    let counties = all(&|find| find.strong() && !find.general() && find.hit.general);
    let weak = all(&|find| find.hit.weight == Weight::Weak && find.general());
    let mut left = match (cities, counties, weak) {
        (Some(set), _, _) => set,
        (None, Some(counties), weak) => counties.and(weak.unwrap_or(Provinces::ALL)),
        (None, None, Some(weak)) => weak,
        (None, None, None) => return Err(Reason::NothingFound),
    };
    if left.is_empty() {
        return Err(Reason::Contradiction);
    }
    let helpers = finds.iter().filter(|find| find.hit.weight != Weight::Mentioned);
    for find in helpers {
        let narrowed = left.and(find.provinces());
        if !left.is_one() && !narrowed.is_empty() {
            left = narrowed;
        }
    }
    if !left.is_one() {
        return Err(Reason::Ambiguous);
    }
    let mut meanings = finds.iter().flat_map(|find| &find.meanings);
    let found = meanings.find(|meaning| left.has(meaning.province));
    found.map(|meaning| meaning.province).ok_or(Reason::NothingFound)
}

/// Whether a county that must be meant lies in another province: the column of
/// cities names it, it is a county-level city right before the province, or the
/// address ends in it ("near Shanghai, Kunshan").
fn county_contradicts(finds: &[Find], province: &str) -> bool {
    let last = finds.iter().rfind(|find| find.hit.general && !find.hit.han);
    let elsewhere = |find: &Find| !find.general() && !find.provinces().has(province);
    if last.is_some_and(|last| last.strong() && elsewhere(last)) {
        return true;
    }
    finds.iter().enumerate().any(|(position, find)| {
        if !find.strong() || !elsewhere(find) {
            return false;
        }
        if find.city_column {
            return true;
        }
        let next = finds.get(position + 1).filter(|next| next.hit.from >= find.hit.to);
        let before_province = next.is_some_and(|next| {
            let mut meanings = next.meanings.iter();
            meanings.any(|meaning| meaning.level == Level::Province && meaning.province == province)
        });
        find.hit.general && before_province && matches!(find.meanings[..], [one] if one.exact)
    })
}

/// The prefecture-level city inside the province, if the hits agree on one.
fn city_within(finds: &[Find], province: &str) -> Option<&'static str> {
    let cities = |find: &Find, level: Level| -> Vec<&'static str> {
        if level == Level::City && names_the_province(find) {
            return Vec::new();
        }
        let here = find.meanings.iter().filter(|meaning| meaning.province == province);
        let mut codes: Vec<_> = here
            .filter(|meaning| meaning.level == level)
            .filter_map(|meaning| meaning.city)
            .collect();
        codes.dedup();
        codes
    };
    let only = |keep: &dyn Fn(&&Find) -> bool| {
        let mut codes: Vec<_> =
            finds.iter().filter(keep).flat_map(|find| cities(find, Level::City)).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let strong = only(&|find| find.strong());
    let counties = || finds.iter().filter(|find| find.strong() && !find.general());
    match strong[..] {
        [city] => {
            // "Wenling, Wenzhou": Wenling is in Taizhou. Which is wrong is not ours to say.
            let elsewhere = |find: &Find| {
                let exact = find.meanings.iter().any(|meaning| meaning.exact);
                exact && matches!(cities(find, Level::County)[..], [other] if other != city)
            };
            return Some(city).filter(|_| !counties().any(elsewhere));
        }
        [_, ..] => return None,
        [] => {}
    }
    // The most general county counts: the last in English, the first in Chinese.
    let mut named: Vec<_> =
        counties().map(|find| (find.hit.han, cities(find, Level::County))).collect();
    named.retain(|(_, cities)| !cities.is_empty());
    let county = match named.first() {
        Some((true, first)) => Some(first),
        Some(_) => named.last().map(|(_, last)| last),
        None => None,
    };
    match county.map(Vec::as_slice) {
        Some([city]) => Some(city),
        Some(_) => None,
        None => match only(&|find| find.hit.weight == Weight::Weak)[..] {
            [city] => Some(city),
            _ => None,
        },
    }
}

/// "Jilin" is the province, and its city only where the text says so.
fn names_the_province(find: &Find) -> bool {
    let province = find.meanings.iter().any(|meaning| meaning.level == Level::Province);
    province && !find.city_column && find.hit.suffix != Some(Suffix::City)
}

/// Most places offered to a person.
const MOST_CANDIDATES: usize = 8;

fn candidates(finds: &[Find]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut by_level: Vec<_> = finds.iter().flat_map(|find| &find.meanings).collect();
    by_level.sort_by_key(|meaning| match meaning.level {
        Level::City => 0,
        Level::County => 1,
        Level::Province => 2,
    });
    for meaning in by_level {
        let place = place_in(meaning.province, meaning.city);
        let covered =
            place.city.is_none() && places.iter().any(|known| known.province == place.province);
        if !covered && !places.contains(&place) && places.len() < MOST_CANDIDATES {
            places.push(place);
        }
    }
    places
}
