//! Form checks of identity papers, and shares of a company.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::Paper;

/// Weights of the first 17 digits (GB 11643, ISO 7064 MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check letter for each remainder.
const CHECKS: &[u8; 11] = b"10X98765432";

/// What is wrong with the number of a paper, as the code of a problem. `number` is normalised,
/// `today` bounds the date of birth.
pub fn number_fault(paper: Paper, number: &str, today: NaiveDate) -> Option<&'static str> {
    match paper {
        Paper::ResidentId => resident_id_fault(number, today),
        Paper::Passport => (!is_plain(number, 5..=15)).then_some("passport"),
        Paper::Other => (!is_plain(number, 3..=34)).then_some("paper_number"),
    }
}

/// GB 11643: six digits of the place of registration, eight of the date of birth, three of
/// sequence, and a check letter.
fn resident_id_fault(number: &str, today: NaiveDate) -> Option<&'static str> {
    let bytes = number.as_bytes();
    let [digits @ .., last] = bytes else { return Some("resident_id_form") };
    let has_form = bytes.len() == 18
        && digits.iter().all(u8::is_ascii_digit)
        && (last.is_ascii_digit() || *last == b'X');
    if !has_form {
        return Some("resident_id_form");
    }
    let born = number.get(6..14).and_then(|text| NaiveDate::parse_from_str(text, "%Y%m%d").ok());
    let oldest = NaiveDate::from_ymd_opt(1850, 1, 1).unwrap_or_default();
    if !born.is_some_and(|born| born >= oldest && born <= today) {
        return Some("resident_id_birth");
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    (CHECKS[(sum % 11) as usize] != *last).then_some("resident_id_check")
}

fn is_plain(number: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The whole of a company in hundredths of a percent.
pub const WHOLE: i64 = 10_000;

/// A share as people write it ("25", "33.3 %", "0.01"), in hundredths of a percent; more than 0
/// and at most [`WHOLE`].
pub fn share(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches(['%', '％']).trim_end();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 3
        || part.len() > 2
        || !is_number(whole)
        || !is_number(part)
    {
        return None;
    }
    let share = format!("{whole}{part:0<2}").parse::<i64>().ok()?;
    (1..=WHOLE).contains(&share).then_some(share)
}

/// A share for people: "25 %", "33.33 %".
pub fn share_text(share: i64) -> String {
    let (whole, part) = (share / 100, share % 100);
    match part {
        0 => format!("{whole} %"),
        _ if part % 10 == 0 => format!("{whole}.{} %", part / 10),
        _ => format!("{whole}.{part:02} %"),
    }
}

/// A name as it is compared: whatever its width, letters' case and spaces.
pub fn comparable(name: &str) -> String {
    let folded = name.nfkc().collect::<String>().to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(number: &str) -> Option<&'static str> {
        let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        number_fault(Paper::ResidentId, number, today)
    }

    #[test]
    fn a_name_is_the_same_in_another_case_or_width_and_another_name_is_not() {
        assert_eq!(comparable(" LI  Wei"), comparable("Ｌｉ　wei"));
        assert_ne!(comparable("Li Wei"), comparable("Li Wen"));
    }

    #[test]
    fn a_resident_id_has_a_date_of_birth_and_a_check_letter() {
        // The two examples of GB 11643-1999.
        assert_eq!(fault("11010519491231002X"), None);
        assert_eq!(fault("440524188001010014"), None);
        assert_eq!(fault("110105194912310021"), Some("resident_id_check"));
        assert_eq!(fault("11010519490230002X"), Some("resident_id_birth"));
        assert_eq!(fault("110105202701010021"), Some("resident_id_birth"));
        for bad in
            ["", "X", "110105491231002", "1101051949123100X2", "A1010519491231002X", "身份证"]
        {
            assert_eq!(fault(bad), Some("resident_id_form"), "{bad}");
        }
    }

    #[test]
    fn any_one_wrong_digit_and_any_two_swapped_neighbours_are_noticed() {
        let good = "11010519491231002X";
        for at in 0..17 {
            let mut wrong = good.as_bytes().to_vec();
            wrong[at] = if wrong[at] == b'9' { b'0' } else { wrong[at] + 1 };
            assert!(fault(std::str::from_utf8(&wrong).unwrap()).is_some(), "digit {at}");
            let mut swapped = good.as_bytes().to_vec();
            swapped.swap(at, at + 1);
            if swapped != good.as_bytes() {
                assert!(fault(std::str::from_utf8(&swapped).unwrap()).is_some(), "swap {at}");
            }
        }
    }

    #[test]
    fn shares_are_read_and_written_in_hundredths_of_a_percent() {
        for (text, value) in [("25", 2500), (" 33.3 %", 3330), ("0.01", 1), ("100", WHOLE)] {
            assert_eq!(share(text), Some(value), "{text}");
        }
        for bad in ["", "0", "100.01", "-5", "1e2", "33.333", ".5", "25 of 100"] {
            assert_eq!(share(bad), None, "{bad}");
        }
        assert_eq!(share_text(2500), "25 %");
        assert_eq!(share_text(3330), "33.3 %");
        assert_eq!(share_text(1), "0.01 %");
    }
}
