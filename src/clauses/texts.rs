//! The words of clauses: their canonical form.

use unicode_normalization::UnicodeNormalization;

/// The form in which a text is kept, shown, hashed and signed: Unicode NFC, lines ended by a line feed,
/// no byte order marks, no blanks at their ends, no empty lines at the beginning and the end, one line feed at the end.
/// Brought into this form again, it stays as it is.
pub fn canonical(text: &str) -> String {
    // Before NFC: what stood on its two sides may belong together.
    let text = text.replace('\u{feff}', "");
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |at| at + 1);
    let lines = &lines[first..last];
    if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::canonical;

    #[test]
    fn line_ends_blanks_and_forms_of_letters_make_no_difference() {
        let one = "\u{feff}\r\n# Caf\u{e9}  \r\n\r\n\tText \r\n\r\n";
        let other = "# Cafe\u{301}\n\n\tText";
        assert_eq!(canonical(one), "# Caf\u{e9}\n\n\tText\n");
        assert_eq!(canonical(one), canonical(other));
        assert_eq!(canonical(" \n \r\n"), "");
    }

    proptest! {
        #[test]
        fn what_is_canonical_stays_as_it_is(text in "(?s).{0,200}") {
            let once = canonical(&text);
            prop_assert_eq!(canonical(&once), once);
        }
    }
}
