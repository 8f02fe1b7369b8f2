//! Places and regions: countries, China's provinces, cities and counties, the
//! schemes that group them, and the reading of a free-text address.
//!
//! Reference data is compiled in; only a firm's own copies of schemes are stored.
//! [`resolve()`] turns what a list says about a place into codes, or says why a
//! person has to look; a [`Scheme`] turns those codes into a region of a report.

pub mod api;
mod areas;
mod countries;
mod labels;
mod own;
mod places;
mod resolve;
pub mod routes;
mod schemes;
mod store;

pub use areas::{OUTSIDE, UNRESOLVED, country_of_area, country_of_province};
pub use countries::{Country, countries, country, find_country};
pub use labels::{
    Choice, area_name, city_name, country_options, place_name, province_options, region_code,
    region_name, row_name,
};
pub use places::{City, County, Province, cities, cities_of, city, counties, province, provinces};
pub use resolve::{AddressInput, Outcome, Place, Reason, resolve, simplified};
pub use schemes::{Placement, Region, Scheme, built_in, built_in_schemes};
pub use store::{OwnScheme, all_schemes, find_own, find_scheme, own_schemes};

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// Records of a table that is compiled into the binary, without its header.
/// A record that cannot be read is left out; tests count the records.
fn table(text: &'static str) -> Vec<Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split(',').collect()).collect()
}

/// The non-empty parts of a `|`-separated column.
fn parts(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split('|').filter(|part| !part.is_empty())
}

/// A map from short keys of our own data. Its hash need not withstand an
/// attacker, because nobody but us chooses the keys that are in it.
type KeyMap<V> = HashMap<String, V, BuildHasherDefault<ShortHash>>;

/// FNV-1a, 64 bit: faster than the standard hash for keys of a few bytes.
struct ShortHash(u64);

impl Default for ShortHash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for ShortHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Position of each code in a table, by code.
type CodeIndex = LazyLock<HashMap<&'static str, usize>>;
