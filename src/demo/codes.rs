//! Identifiers that pass their checks and cannot be anybody's.

use crate::suppliers::identifiers::{Checked, Doubt, Kind, check};

/// The alphabet of GB 32100-2015 without the look-alikes I, O, S, V and Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A Unified Social Credit Code: an enterprise (91), a registrar's six digits, and an organisation
/// code that begins with DEM, as no real one does. Different for every number below 31^5.
pub fn uscc(registrar: &str, number: usize) -> String {
    let organisation = format!("DEM{}", base31(number, 5));
    with_check(Kind::Uscc, &format!("91{registrar}{organisation}"))
}

/// A Legal Entity Identifier with the prefix DEM0, which no issuer has.
pub fn lei(number: usize) -> String {
    with_check(Kind::Lei, &format!("DEM000{}", base31(number, 12)))
}

/// A D-U-N-S number. They have no check digit; the leading zeros mark these.
pub fn duns(number: usize) -> String {
    format!("00{:07}", number % 10_000_000)
}

fn base31(number: usize, width: usize) -> String {
    let mut rest = number;
    let mut digits = vec![b'0'; width];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[rest % 31];
        rest /= 31;
    }
    digits.into_iter().map(char::from).collect()
}

/// Tries the two check characters until the register's own rules are content: one set of rules is enough.
fn with_check(kind: Kind, start: &str) -> String {
    let alphabet: &[u8] = if kind == Kind::Lei { b"0123456789" } else { ALPHABET };
    for first in alphabet {
        let organisation = check(kind, &format!("{start}{}0", char::from(*first)));
        if matches!(organisation, Checked::Doubtful(_, Doubt::OrganisationCode | Doubt::BothChecks))
        {
            continue;
        }
        for second in alphabet {
            let code = format!("{start}{}{}", char::from(*first), char::from(*second));
            if matches!(check(kind, &code), Checked::Valid(_)) {
                return code;
            }
        }
    }
    format!("{start}00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_passes_and_no_two_are_equal() {
        let mut seen = std::collections::HashSet::new();
        for number in 0..2000 {
            let (uscc, lei) = (uscc("310000", number), lei(number));
            assert!(matches!(check(Kind::Uscc, &uscc), Checked::Valid(_)), "{uscc}");
            assert!(matches!(check(Kind::Lei, &lei), Checked::Valid(_)), "{lei}");
            assert!(matches!(check(Kind::Duns, &duns(number)), Checked::Valid(_)));
            assert!(seen.insert(uscc) && seen.insert(lei));
        }
    }
}
