//! Identifiers of a company and their checks.
//!
//! What an identifier proves is limited: a valid code says that the code is well formed, not that
//! it belongs to this company. Characters 3–8 of a Unified Social Credit Code name the registrar
//! of the first registration and stay when the company moves, so nothing here compares them with
//! an address.

mod eu_vat;

use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The kinds of identifier that the register knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Unified Social Credit Code of mainland China (GB 32100-2015), 18 characters.
    Uscc,
    /// Legal Entity Identifier (ISO 17442), 20 characters.
    Lei,
    /// D-U-N-S number, nine digits.
    Duns,
    /// VAT number of a member state of the European Union or of Northern Ireland.
    EuVat,
    /// Any other identifier, kept as written.
    Other,
}

impl Kind {
    /// All kinds in the order in which pages list them.
    pub const ALL: [Kind; 5] = [Kind::Uscc, Kind::Lei, Kind::Duns, Kind::EuVat, Kind::Other];

    /// The stable code of the kind in tables, URLs and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Uscc => "uscc",
            Kind::Lei => "lei",
            Kind::Duns => "duns",
            Kind::EuVat => "eu_vat",
            Kind::Other => "other",
        }
    }

    /// The kind with this stable code.
    pub fn parse(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == code)
    }

    /// The key of the kind's name in the texts.
    pub fn label_key(self) -> &'static str {
        match self {
            Kind::Uscc => "identifier-uscc",
            Kind::Lei => "identifier-lei",
            Kind::Duns => "identifier-duns",
            Kind::EuVat => "identifier-eu-vat",
            Kind::Other => "identifier-other",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// Well formed; the text is the normalised identifier.
    Valid(String),
    /// The shape is right but a check character is not. Codes from the pilot years of the Unified
    /// Social Credit Code are in real use like this, so it may be accepted with evidence (a scan of
    /// the licence) and a second person. The text is the normalised identifier.
    Doubtful(String, Doubt),
    /// Cannot be an identifier of this kind.
    Refused(Fault),
}

impl Checked {
    /// The normalised identifier, unless refused.
    pub fn normalised(&self) -> Option<&str> {
        match self {
            Checked::Valid(text) | Checked::Doubtful(text, _) => Some(text),
            Checked::Refused(_) => None,
        }
    }
}

/// Why an identifier of the right shape is doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The last check character (for a LEI: the last two digits) does not fit the rest.
    CheckCharacter,
    /// The check character of the organisation code inside (position 17, GB 11714) does not fit.
    OrganisationCode,
    /// Neither of the two fits.
    BothChecks,
}

impl Doubt {
    /// The stable code, for texts and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Doubt::CheckCharacter => "check_character",
            Doubt::OrganisationCode => "organisation_code",
            Doubt::BothChecks => "both_checks",
        }
    }
}

/// Why an identifier is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing but spaces and separators.
    Empty,
    /// Another number of characters than the kind has.
    WrongLength { expected: usize, found: usize },
    /// A character that cannot stand there. I, O, S, V and Z never occur in a Unified Social Credit
    /// Code; they are usually 1, 0, 5, U and 2 misread.
    BadCharacter { character: char },
    /// The two letters in front are no country of the EU VAT system (or are missing).
    UnknownCountry { prefix: String },
    /// Greece writes EL in VAT numbers, not GR.
    GreeceIsEl,
    /// The part after the country does not have that country's pattern.
    CountryPattern { prefix: String },
    /// Longer than the register keeps.
    TooLong { limit: usize, found: usize },
}

impl Fault {
    /// The stable code, for texts and JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Empty => "empty",
            Fault::WrongLength { .. } => "wrong_length",
            Fault::BadCharacter { .. } => "bad_character",
            Fault::UnknownCountry { .. } => "unknown_country",
            Fault::GreeceIsEl => "greece_is_el",
            Fault::CountryPattern { .. } => "country_pattern",
            Fault::TooLong { .. } => "too_long",
        }
    }
}

impl Fault {
    /// What the text of the fault needs: names and values.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Fault::Empty | Fault::GreeceIsEl => Vec::new(),
            Fault::WrongLength { expected, found } => {
                vec![("expected", expected.to_string()), ("found", found.to_string())]
            }
            Fault::BadCharacter { character } => vec![("character", character.to_string())],
            Fault::UnknownCountry { prefix } | Fault::CountryPattern { prefix } => {
                vec![("prefix", prefix.clone())]
            }
            Fault::TooLong { limit, found } => {
                vec![("max", limit.to_string()), ("found", found.to_string())]
            }
        }
    }
}

/// The longest identifier of kind [`Kind::Other`], in characters.
pub const OTHER_LIMIT: usize = 64;

/// Check `text` as an identifier of `kind`.
///
/// Full-width characters, lower case, spaces, hyphens and dots do not matter, except for
/// [`Kind::Other`], where only white space is tidied.
pub fn check(kind: Kind, text: &str) -> Checked {
    if kind == Kind::Other {
        return check_other(text);
    }
    let code = normalise(text);
    if code.is_empty() {
        return Checked::Refused(Fault::Empty);
    }
    match kind {
        Kind::Uscc => check_uscc(code),
        Kind::Lei => check_lei(code),
        Kind::Duns => check_duns(code),
        _ => match eu_vat::check(&code) {
            Ok(()) => Checked::Valid(code),
            Err(fault) => Checked::Refused(fault),
        },
    }
}

/// The kind that a text most likely has, for a column whose header only says "code".
///
/// Eighteen characters of the right alphabet are a Unified Social Credit Code only when at least
/// one of its two checks holds: a citizen's identity number has eighteen characters as well, and
/// must not be stored as a company's code.
pub fn guess(text: &str) -> Option<Kind> {
    let code = normalise(text);
    match code.len() {
        18 if is_likely_uscc(&code) => return Some(Kind::Uscc),
        20 if matches!(check_lei(code.clone()), Checked::Valid(_)) => return Some(Kind::Lei),
        9 if code.bytes().all(|byte| byte.is_ascii_digit()) => return Some(Kind::Duns),
        _ => {}
    }
    eu_vat::check(&code).is_ok().then_some(Kind::EuVat)
}

fn is_likely_uscc(code: &str) -> bool {
    matches!(
        check_uscc(code.to_owned()),
        Checked::Valid(_)
            | Checked::Doubtful(_, Doubt::CheckCharacter)
            | Checked::Doubtful(_, Doubt::OrganisationCode)
    )
}

/// NFKC, upper case, without white space, hyphens, dashes and dots.
fn normalise(text: &str) -> String {
    text.nfkc().flat_map(char::to_uppercase).filter(|c| !is_separator(*c)).collect()
}

fn is_separator(c: char) -> bool {
    // Besides the plain ones: the Unicode hyphens and dashes, the minus sign, the ideographic full
    // stop, and the invisible characters that come along when codes are copied from web pages.
    c.is_whitespace()
        || matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '。')
        || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{00AD}')
}

/// The alphabet of GB 32100-2015; a character's value is its position.
const USCC_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^i mod 31 (GB 32100-2015).
const USCC_WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Weights of the organisation code (GB 11714), characters 9–16.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

fn check_uscc(code: String) -> Checked {
    if let Some(fault) = length_fault(&code, 18) {
        return Checked::Refused(fault);
    }
    let mut values = [0u32; 18];
    for (value, character) in values.iter_mut().zip(code.chars()) {
        let position = USCC_ALPHABET.iter().position(|&known| char::from(known) == character);
        let Some(position) = position else {
            return Checked::Refused(Fault::BadCharacter { character });
        };
        *value = position as u32;
    }
    let doubt = match (last_check_holds(&values), organisation_check_holds(&code)) {
        (true, true) => return Checked::Valid(code),
        (false, true) => Doubt::CheckCharacter,
        (true, false) => Doubt::OrganisationCode,
        (false, false) => Doubt::BothChecks,
    };
    Checked::Doubtful(code, doubt)
}

fn last_check_holds(values: &[u32; 18]) -> bool {
    let sum: u32 = values.iter().zip(USCC_WEIGHTS).map(|(value, weight)| value * weight).sum();
    // The outer `% 31` matters: without it a remainder of 0 asks for the value 31.
    (31 - sum % 31) % 31 == values[17]
}

fn organisation_check_holds(code: &str) -> bool {
    let bytes = code.as_bytes();
    let sum: u32 = bytes[8..16]
        .iter()
        .zip(ORGANISATION_WEIGHTS)
        .map(|(&byte, weight)| base36(byte) * weight)
        .sum();
    let expected = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    };
    bytes[16] == expected
}

/// ISO 17442: letters count 10 to 35, and the whole number modulo 97 is 1 (ISO 7064 MOD 97-10).
fn check_lei(code: String) -> Checked {
    if let Some(fault) = length_fault(&code, 20) {
        return Checked::Refused(fault);
    }
    let misplaced = code
        .chars()
        .enumerate()
        .find(|&(at, c)| !(c.is_ascii_digit() || at < 18 && c.is_ascii_uppercase()));
    if let Some((_, character)) = misplaced {
        return Checked::Refused(Fault::BadCharacter { character });
    }
    let remainder = code.bytes().fold(0u32, |sum, byte| {
        let value = base36(byte);
        let shift = if value < 10 { 10 } else { 100 };
        (sum * shift + value) % 97
    });
    if remainder == 1 {
        Checked::Valid(code)
    } else {
        Checked::Doubtful(code, Doubt::CheckCharacter)
    }
}

/// Nine digits. No public check digit is in use, so the format is all that is checked.
fn check_duns(code: String) -> Checked {
    if let Some(character) = code.chars().find(|c| !c.is_ascii_digit()) {
        return Checked::Refused(Fault::BadCharacter { character });
    }
    match length_fault(&code, 9) {
        Some(fault) => Checked::Refused(fault),
        None => Checked::Valid(code),
    }
}

fn check_other(text: &str) -> Checked {
    let folded: String = text.nfkc().collect();
    if let Some(character) = folded.chars().find(|c| c.is_control() && !c.is_whitespace()) {
        return Checked::Refused(Fault::BadCharacter { character });
    }
    let tidy = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = tidy.chars().count();
    match found {
        0 => Checked::Refused(Fault::Empty),
        1..=OTHER_LIMIT => Checked::Valid(tidy),
        _ => Checked::Refused(Fault::TooLong { limit: OTHER_LIMIT, found }),
    }
}

fn length_fault(code: &str, expected: usize) -> Option<Fault> {
    let found = code.chars().count();
    (found != expected).then_some(Fault::WrongLength { expected, found })
}

/// 0–9 and A–Z as 0–35. Callers have checked the alphabet.
fn base36(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => u32::from(byte.saturating_sub(b'A')) + 10,
    }
}

#[cfg(test)]
mod tests;
