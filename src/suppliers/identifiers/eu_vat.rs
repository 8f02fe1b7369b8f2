//! The shapes of EU VAT numbers, country by country.
//!
//! Source: the structures published with VIES, the Commission's look-up of VAT numbers. The shape
//! says nothing about whether a number is live; only VIES does.

use super::Fault;

/// Check a normalised VAT number: two letters of the country, then that country's pattern.
pub(super) fn check(code: &str) -> Result<(), Fault> {
    let Some((prefix, rest)) = code.split_at_checked(2) else {
        return Err(unknown(code));
    };
    if prefix == "GR" {
        return Err(Fault::GreeceIsEl);
    }
    match fits(prefix, rest.as_bytes()) {
        Some(true) => Ok(()),
        Some(false) => Err(Fault::CountryPattern { prefix: prefix.to_owned() }),
        None => Err(unknown(prefix)),
    }
}

fn unknown(prefix: &str) -> Fault {
    Fault::UnknownCountry { prefix: prefix.chars().take(2).collect() }
}

/// Whether `rest` has the pattern of the country; none if there is no such country.
fn fits(prefix: &str, rest: &[u8]) -> Option<bool> {
    let fits = match prefix {
        "AT" => matches!(rest, [b'U', number @ ..] if digits(number, 8..=8)),
        "BE" => matches!(rest, [b'0' | b'1', number @ ..] if digits(number, 9..=9)),
        "BG" => digits(rest, 9..=10),
        "CY" => {
            matches!(rest, [number @ .., last] if digits(number, 8..=8) && last.is_ascii_uppercase())
        }
        "CZ" => digits(rest, 8..=10),
        "DE" | "EE" | "EL" | "PT" => digits(rest, 9..=9),
        "DK" | "FI" | "HU" | "LU" | "MT" | "SI" => digits(rest, 8..=8),
        "ES" => matches!(rest, [first, number @ .., last]
            if alphanumeric(first) && digits(number, 7..=7) && alphanumeric(last)),
        "FR" => matches!(rest, [first, second, number @ ..]
            if alphanumeric(first) && alphanumeric(second) && digits(number, 9..=9)),
        "HR" | "IT" | "LV" => digits(rest, 11..=11),
        "IE" => irish(rest),
        "LT" => digits(rest, 9..=9) || digits(rest, 12..=12),
        "NL" => matches!(rest, [number @ .., b'B', tens, ones]
            if digits(number, 9..=9) && tens.is_ascii_digit() && ones.is_ascii_digit()),
        "PL" | "SK" => digits(rest, 10..=10),
        "RO" => digits(rest, 2..=10),
        "SE" => digits(rest, 12..=12),
        // Northern Ireland, for goods only: a British number, a branch, or a public body.
        "XI" => {
            digits(rest, 9..=9)
                || digits(rest, 12..=12)
                || matches!(rest, [b'G', b'D', number @ ..] | [b'H', b'A', number @ ..]
                    if digits(number, 3..=3))
        }
        _ => return None,
    };
    Some(fits)
}

/// Ireland: seven digits, a check letter and, since 2013, perhaps a second letter; or the form
/// from before 2013 with a letter, `+` or `*` in second place.
fn irish(rest: &[u8]) -> bool {
    match rest {
        [number @ .., check] if digits(number, 7..=7) => check_letter(check),
        [number @ .., check, b'A'..=b'I'] if digits(number, 7..=7) => check_letter(check),
        [first, b'A'..=b'Z' | b'+' | b'*', number @ .., check] => {
            first.is_ascii_digit() && digits(number, 5..=5) && check_letter(check)
        }
        _ => false,
    }
}

fn check_letter(byte: &u8) -> bool {
    matches!(byte, b'A'..=b'W')
}

fn digits(bytes: &[u8], length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit)
}

fn alphanumeric(byte: &u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}
