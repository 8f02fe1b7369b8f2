//! Numbers that are kept sealed: of bank accounts and identity papers. What may be shown is the
//! hint; the mark tells whether two are the same without opening either.

use unicode_normalization::UnicodeNormalization;

use crate::error::Error;
use crate::vault::Vault;

/// A number as a record keeps it.
pub(super) struct Sealed {
    pub sealed: String,
    /// "•••• 4417".
    pub hint: String,
    pub mark: String,
}

/// Seals a number, normalised, to the id of its record. No number makes three empty texts.
pub(super) fn seal(
    vault: &Vault,
    number: &str,
    owner: &str,
    mark_label: &str,
) -> Result<Sealed, Error> {
    if number.is_empty() {
        return Ok(Sealed { sealed: String::new(), hint: String::new(), mark: String::new() });
    }
    let (sealed, mark) = vault.seal_marked(number, owner, mark_label)?;
    Ok(Sealed { sealed, hint: mask(number), mark })
}

/// The last four letters behind dots.
pub(crate) fn mask(number: &str) -> String {
    let letters: Vec<char> = number.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    if letters.is_empty() {
        return String::new();
    }
    // A short number would be shown whole by its last four letters.
    let shown = if letters.len() >= 8 { 4 } else { letters.len() / 3 };
    format!("•••• {}", letters[letters.len() - shown..].iter().collect::<String>())
}

/// A number without what people put between its parts: NFKC, upper case, no spaces or hyphens.
pub(crate) fn normalise(text: &str) -> String {
    let between = |c: &char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
    text.nfkc().flat_map(char::to_uppercase).filter(|c| !between(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_shows_four_letters_at_most_and_never_the_whole() {
        assert_eq!(mask("DE89370400440532013000"), "•••• 3000");
        assert_eq!(mask("12345"), "•••• 5");
        assert_eq!(mask(""), "");
        for length in 1..40 {
            let shown = mask(&"7".repeat(length)).matches('7').count();
            assert!(shown <= 4 && shown * 2 <= length, "{length}: {shown}");
        }
    }

    #[test]
    fn a_number_is_the_same_however_it_is_spaced() {
        assert_eq!(normalise(" de89 3704-0044 ０532 "), "DE89370400440532");
    }
}
