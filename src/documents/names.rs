//! Names of files as others gave them, made harmless.

use unicode_normalization::UnicodeNormalization;

/// Characters of a name, at most.
const LONGEST: usize = 120;

/// A name without a path, without characters that hide or turn others around, and not too long;
/// its ending stays. "document" when nothing is left.
pub fn harmless(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.nfc().filter(|c| !is_hidden(*c)).map(in_place_of).collect();
    let plain = plain.trim_matches([' ', '.', '\u{3000}']);
    let (stem, ending) = match plain.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 10 => (stem, format!(".{ending}")),
        _ => (plain, String::new()),
    };
    let room = LONGEST - ending.chars().count();
    let stem: String = stem.chars().take(room).collect();
    let stem = stem.trim_end();
    format!("{}{ending}", if stem.is_empty() { "document" } else { stem })
}

/// The ending of a name in small letters, "" without one.
pub fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// Controls, line separators, and what has no width or turns the direction of writing.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// What some system takes for more than a letter becomes a line.
fn in_place_of(c: char) -> char {
    if "<>:\"|?*%;".contains(c) { '_' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path_and_hides_nothing() {
        for (given, kept) in [
            ("营业执照 2026.pdf", "营业执照 2026.pdf"),
            ("C:\\Users\\x\\licence.PDF", "licence.PDF"),
            ("../../etc/passwd", "passwd"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie_ b.pdf"),
            ("\u{feff}a\u{200b}b.pdf", "ab.pdf"),
            ("...", "document"),
            ("", "document"),
            (".pdf", "pdf"),
            ("a\"b<c>.pdf", "a_b_c_.pdf"),
        ] {
            assert_eq!(harmless(given), kept, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = harmless(&format!("{}.pdf", "证".repeat(300)));
        assert_eq!(name.chars().count(), LONGEST);
        assert!(name.ends_with("证.pdf"));
    }
}
