//! What two companies write differently and mean alike: addresses, phones, names, domains of mail.

use unicode_normalization::UnicodeNormalization;

use crate::values::sha256_hex;

/// Domains in which anybody can have an address, one in a line, sorted.
const PUBLIC_MAIL: &str = include_str!("public_mail.txt");
/// A shorter address names a town, not a place. An ideograph counts as two letters.
const ADDRESS: usize = 14;
/// A shorter identifier is none: "n/a", "0".
const IDENTIFIER: usize = 5;

/// The comparable form of something: nothing of it can be read there.
pub(super) fn value(what: &str, text: &str) -> String {
    sha256_hex(format!("{what}\n{text}"))
}

/// The letters and digits of a text, in one form and in lower case.
fn letters(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// An identifier as it is compared. `None` for one that says nothing.
pub(super) fn identifier(text: &str) -> Option<String> {
    Some(letters(text)).filter(|text| text.chars().count() >= IDENTIFIER)
}

/// The name of a person as it is compared.
pub(super) fn name(text: &str) -> Option<String> {
    Some(letters(text)).filter(|text| text.chars().count() >= 2)
}

/// A whole address as it is compared. `None` for one that is too short to be of one place.
pub(super) fn address(text: &str) -> Option<String> {
    let text = letters(text);
    let text = text.strip_prefix("中国").unwrap_or(&text);
    let weight: usize = text.chars().map(|c| if c.len_utf8() >= 3 { 2 } else { 1 }).sum();
    (weight >= ADDRESS).then(|| text.to_string())
}

/// The last nine digits of a phone: with or without the code of the country.
pub(super) fn phone(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 7).then(|| digits[digits.len().saturating_sub(9)..].iter().collect())
}

/// The domain of an e-mail address, unless anybody can have an address there.
pub(super) fn mail_domain(email: &str) -> Option<String> {
    let (_, domain) = email.trim().rsplit_once('@')?;
    let domain = domain.trim_end_matches('.').to_lowercase();
    let is_public = PUBLIC_MAIL.lines().any(|known| known == domain);
    (domain.contains('.') && !is_public).then_some(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        let one = address("中国江苏省苏州市工业园区 星湖街328号");
        assert!(one.is_some());
        assert_eq!(one, address("江苏省苏州市工业园区星湖街３２８号"));
        assert_eq!(address("12 Harbour Road, Hamburg"), address("12 harbour road hamburg"));
        for short in ["", "苏州市", "Hamburg", "江苏省苏州市"] {
            assert_eq!(address(short), None, "{short}");
        }
    }

    #[test]
    fn a_phone_is_the_same_with_the_code_of_the_country_and_without() {
        assert_eq!(phone("+86 138 0013 4417"), phone("138-0013-4417"));
        assert_eq!(phone("12345"), None);
    }

    #[test]
    fn a_domain_in_which_anybody_has_an_address_says_nothing() {
        assert_eq!(mail_domain("Wang@Sample-Parts.cn"), Some("sample-parts.cn".into()));
        for public in ["a@qq.com", "a@163.com", "a@GMAIL.com", "a@vip.sina.com", "a", "a@b", ""] {
            assert_eq!(mail_domain(public), None, "{public}");
        }
        assert!(PUBLIC_MAIL.lines().is_sorted(), "a new one has its place");
    }

    #[test]
    fn what_says_nothing_is_no_identifier() {
        assert_eq!(identifier(" n/a "), None);
        assert_eq!(identifier("DE 123-456.789"), identifier("de123456789"));
    }
}
