//! Keyset pagination: a page is found by the key of its neighbour, so the thousandth page costs
//! what the first does.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

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

    /// `None` for anything that we did not make.
    pub fn decode(text: &str) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (number, key) = text.split_once('\n')?;
        Some(Cursor { key: key.to_string(), number: number.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_trip_through_the_address_bar() {
        let cursor = Cursor { key: "  x6d59 a".into(), number: 7 };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        assert_eq!(Cursor::decode("%%%"), None);
    }
}
