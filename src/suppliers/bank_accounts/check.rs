//! Form checks of account numbers, bank codes and currencies. What passes is well formed; that the
//! account is the company's, a second person confirms.

use crate::regions;

/// Lengths of IBANs by country: SWIFT's IBAN registry (ISO 13616-2).
#[rustfmt::skip]
const IBAN_LENGTHS: &[(&str, usize)] = &[
    ("AD", 24), ("AE", 23), ("AL", 28), ("AT", 20), ("AZ", 28), ("BA", 20), ("BE", 16), ("BG", 22), ("BH", 22),
    ("BI", 27), ("BR", 29), ("BY", 28), ("CH", 21), ("CR", 22), ("CY", 28), ("CZ", 24), ("DE", 22), ("DJ", 27),
    ("DK", 18), ("DO", 28), ("EE", 20), ("EG", 29), ("ES", 24), ("FI", 18), ("FK", 18), ("FO", 18), ("FR", 27),
    ("GB", 22), ("GE", 22), ("GI", 23), ("GL", 18), ("GR", 27), ("GT", 28), ("HN", 28), ("HR", 21), ("HU", 28),
    ("IE", 22), ("IL", 23), ("IQ", 23), ("IS", 26), ("IT", 27), ("JO", 30), ("KW", 30), ("KZ", 20), ("LB", 28),
    ("LC", 32), ("LI", 21), ("LT", 20), ("LU", 20), ("LV", 21), ("LY", 25), ("MC", 27), ("MD", 24), ("ME", 22),
    ("MK", 19), ("MN", 20), ("MR", 27), ("MT", 31), ("MU", 30), ("NI", 28), ("NL", 18), ("NO", 15), ("OM", 23),
    ("PK", 24), ("PL", 28), ("PS", 29), ("PT", 25), ("QA", 29), ("RO", 24), ("RS", 22), ("RU", 33), ("SA", 24),
    ("SC", 31), ("SD", 18), ("SE", 24), ("SI", 19), ("SK", 24), ("SM", 27), ("SO", 23), ("ST", 25), ("SV", 28),
    ("TL", 23), ("TN", 24), ("TR", 26), ("UA", 29), ("VA", 22), ("VG", 24), ("XK", 20), ("YE", 30),
];

/// Of these, the countries whose banks go on using numbers of the older form.
const BOTH_FORMS: &[&str] = &[
    "BI", "DJ", "EG", "FK", "HN", "IQ", "LC", "LY", "MN", "NI", "OM", "RU", "SC", "SD", "SO", "ST",
    "TL", "YE",
];

/// Active currencies of ISO 4217, without those of funds, metals and tests.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB \
    BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR \
    FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES \
    KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
    MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH \
    UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// What is wrong with an account number, as the code of a problem.
///
/// `number` is normalised. A number that looks like an IBAN must be one, and where banks give IBANs
/// nothing else is taken.
pub fn number_fault(number: &str, country: &str) -> Option<&'static str> {
    if !(5..=34).contains(&number.len()) || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Some("account_number");
    }
    match iban_length(number) {
        Some(length) if number.len() != length => Some("iban_length"),
        Some(_) if !mod_97_holds(number) => Some("iban_check"),
        None if gives_ibans(country) => Some("iban_needed"),
        _ => None,
    }
}

/// The length that a number must have if it begins as an IBAN does.
fn iban_length(number: &str) -> Option<usize> {
    let (country, check) = (number.get(..2)?, number.get(2..4)?);
    let is_check = check.bytes().all(|b| b.is_ascii_digit());
    length_in(country).filter(|_| is_check)
}

fn length_in(country: &str) -> Option<usize> {
    IBAN_LENGTHS.iter().find(|(code, _)| *code == country).map(|(_, length)| *length)
}

fn gives_ibans(country: &str) -> bool {
    length_in(country).is_some() && !BOTH_FORMS.contains(&country)
}

/// ISO 7064 MOD 97-10: with the first four letters moved to the end and letters read as 10 to 35,
/// the remainder is 1.
fn mod_97_holds(iban: &str) -> bool {
    let (head, tail) = iban.split_at(4);
    let remainder = tail.chars().chain(head.chars()).fold(0u32, |sum, c| {
        let value = c.to_digit(36).unwrap_or_default();
        (sum * if value < 10 { 10 } else { 100 } + value) % 97
    });
    remainder == 1
}

/// True for the form of a BIC (ISO 9362: four letters or digits, a country, two, perhaps three
/// more) or of a code in China's payment system CNAPS (twelve digits).
pub fn is_bank_code(code: &str) -> bool {
    if code.len() == 12 && code.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let has_form = matches!(code.len(), 8 | 11) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    has_form && code.get(4..6).is_some_and(|c| c == "XK" || regions::country(c).is_some())
}

pub fn is_currency(code: &str) -> bool {
    code.len() == 3 && CURRENCIES.split_whitespace().any(|known| known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_is_checked_wherever_it_comes_from() {
        // The registry's own examples.
        for (iban, country) in [
            ("DE89370400440532013000", "DE"),
            ("GB29NWBK60161331926819", "GB"),
            ("FR1420041010050500013M02606", "FR"),
            ("NO9386011117947", "NO"),
            ("BR1800360305000010009795493C1", "BR"),
            ("MT84MALT011000012345MTLCAST001S", "MT"),
            ("DE89370400440532013000", "CN"),
        ] {
            assert_eq!(number_fault(iban, country), None, "{iban}");
            for at in 4..iban.len() {
                let wrong = if &iban[at..=at] == "7" { "8" } else { "7" };
                let wrong = format!("{}{wrong}{}", &iban[..at], &iban[at + 1..]);
                assert_eq!(number_fault(&wrong, country), Some("iban_check"), "{wrong}");
            }
            assert_eq!(number_fault(&iban[..14], country), Some("iban_length"), "{iban}");
        }
    }

    #[test]
    fn a_number_of_its_own_form_is_taken_where_banks_give_no_ibans() {
        assert_eq!(number_fault("6222020200012345678", "CN"), None);
        assert_eq!(number_fault("40702810500000000001", "RU"), None);
        assert_eq!(number_fault("US12345678", "US"), None);
        assert_eq!(number_fault("0532013000", "DE"), Some("iban_needed"));
        for bad in ["1234", "12345/6", "账号123456", &"1".repeat(35)] {
            assert_eq!(number_fault(bad, "CN"), Some("account_number"), "{bad}");
        }
    }

    #[test]
    fn bank_codes_and_currencies_have_their_forms() {
        for code in ["DEUTDEFF", "ICBKCNBJSHI", "102290000018", "NCBVXKPR"] {
            assert!(is_bank_code(code), "{code}");
        }
        for code in ["", "DEUTZZFF", "DEUTDEF", "10229000001", "DEUT-DEF", "银行银行"] {
            assert!(!is_bank_code(code), "{code}");
        }
        assert!(is_currency("CNY") && is_currency("XOF"));
        assert!(
            !is_currency("RMB") && !is_currency("cny") && !is_currency("") && !is_currency("XAU")
        );
    }
}
