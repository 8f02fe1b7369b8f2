//! Keyset pagination: a page is found by the key of its neighbour, so the thousandth page costs
//! what the first does.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, NaiveDateTime};

/// Rows on a page of a list.
pub const PAGE_SIZE: usize = 50;

/// A place in a sorted list: the text key and the number of the row next to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    pub key: String,
    pub number: i64,
}

impl Cursor {
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}\n{}", self.number, self.key))
    }

    /// The moment of the row, where `number` holds its microseconds. `None` for one that no row has: of a
    /// year that the databases do not hold.
    pub fn moment(&self) -> Option<NaiveDateTime> {
        let at = DateTime::from_timestamp_micros(self.number)?.naive_utc();
        (1..=9999).contains(&at.year()).then_some(at)
    }

    /// `None` for anything that we did not make.
    pub fn decode(text: &str) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))?;
        let (number, key) = text.split_once('\n')?;
        Some(Cursor { key: key.to_string(), number: number.parse().ok()? })
    }
}

/// Cuts rows, of which one more was asked for than a page has, to the page. Where the next one goes on.
pub fn cut<T>(rows: &mut Vec<T>, limit: usize, place: impl FnOnce(&T) -> Cursor) -> Option<Cursor> {
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    rows.last().filter(|_| has_more).map(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_goes_on_after_its_last_row_where_there_is_one_more() {
        let place = |number: &i64| Cursor { key: String::new(), number: *number };
        let mut rows = vec![1, 2, 3];
        assert_eq!(cut(&mut rows, 2, place), Some(place(&2)));
        assert_eq!((rows.as_slice(), cut(&mut rows.clone(), 2, place)), ([1, 2].as_slice(), None));
        assert_eq!(cut(&mut Vec::new(), 2, place), None);
    }

    #[test]
    fn a_cursor_survives_its_trip_through_the_address_bar() {
        let cursor = Cursor { key: "  x6d59 a".into(), number: 7 };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        assert_eq!(Cursor::decode("%%%"), None);
    }

    #[test]
    fn a_moment_is_of_a_year_that_the_databases_hold() {
        let moment = |number| Cursor { key: String::new(), number }.moment();
        assert_eq!(moment(0).map(|at| at.year()), Some(1970));
        assert_eq!((moment(i64::MAX), moment(i64::MIN)), (None, None));
    }
}
