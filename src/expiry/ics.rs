//! A calendar as a file (RFC 5545): what calendar programs read. Written here: what is needed of the
//! standard is one kind of entry, all of a day.

use chrono::{Days, NaiveDate, NaiveDateTime};

/// Octets of a line without its end, at most (RFC 5545, 3.1).
const OCTETS: usize = 75;

/// An entry of a calendar, all of one day.
pub struct Event {
    /// The same whenever the entry is written again.
    pub uid: String,
    pub day: NaiveDate,
    pub summary: String,
    pub description: String,
    pub url: String,
}

/// A calendar with a name, made at a moment (UTC).
pub fn calendar(name: &str, events: &[Event], made_at: NaiveDateTime) -> String {
    let mut file = String::new();
    let stamp = made_at.format("%Y%m%dT%H%M%SZ").to_string();
    put(&mut file, "BEGIN:VCALENDAR");
    put(&mut file, "VERSION:2.0");
    put(&mut file, "PRODID:-//Touchstone//Supplier register//EN");
    put(&mut file, "CALSCALE:GREGORIAN");
    put(&mut file, "METHOD:PUBLISH");
    put(&mut file, &format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        let end = event.day.checked_add_days(Days::new(1)).unwrap_or(event.day);
        put(&mut file, "BEGIN:VEVENT");
        put(&mut file, &format!("UID:{}", escaped(&event.uid)));
        put(&mut file, &format!("DTSTAMP:{stamp}"));
        put(&mut file, &format!("DTSTART;VALUE=DATE:{}", event.day.format("%Y%m%d")));
        put(&mut file, &format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
        put(&mut file, &format!("SUMMARY:{}", escaped(&event.summary)));
        put(&mut file, &format!("DESCRIPTION:{}", escaped(&event.description)));
        put(&mut file, &format!("URL:{}", event.url));
        put(&mut file, "TRANSP:TRANSPARENT");
        put(&mut file, "END:VEVENT");
    }
    put(&mut file, "END:VCALENDAR");
    file
}

/// A text as the value of a property (RFC 5545, 3.3.11). Marks that no text may have are left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                value.push('\\');
                value.push(letter);
            }
            '\n' => value.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => value.push(letter),
        }
    }
    value
}

/// Adds a line, folded so that none is longer than [`OCTETS`]; no letter is broken in two.
fn put(file: &mut String, line: &str) {
    let mut used = 0;
    for letter in line.chars() {
        if used + letter.len_utf8() > OCTETS {
            file.push_str("\r\n ");
            used = 1;
        }
        file.push(letter);
        used += letter.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unfolded(file: &str) -> String {
        file.replace("\r\n ", "")
    }

    fn unescaped(value: &str) -> String {
        let mut text = String::new();
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next() {
                    Some('n') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => {}
                },
                other => text.push(other),
            }
        }
        text
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_no_line_is_too_long(text in "\\PC{0,300}", cut in 0usize..80) {
            let text = format!("{}{text}\n再审核；到期，{text}", "x".repeat(cut));
            let mut file = String::new();
            put(&mut file, &format!("SUMMARY:{}", escaped(&text)));
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= OCTETS, "{line}");
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let whole = unfolded(&file);
            let value = whole.trim_end_matches("\r\n").trim_start_matches("SUMMARY:");
            prop_assert_eq!(unescaped(value), text);
        }
    }

    #[test]
    fn a_text_cannot_begin_a_line_of_its_own() {
        let value = escaped("a\r\nEND:VCALENDAR;b,c\\d\u{0}");
        assert_eq!(value, "a\\nEND:VCALENDAR\\;b\\,c\\\\d");
    }
}
