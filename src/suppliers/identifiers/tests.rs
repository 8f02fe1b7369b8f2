use super::*;
use proptest::prelude::*;

fn valid(kind: Kind, text: &str) -> bool {
    matches!(check(kind, text), Checked::Valid(_))
}

#[test]
fn real_credit_codes_are_valid() {
    for code in [
        "91440300100012316L",
        "914403001922038216",
        "91330100799655058B",
        "9144030071526726XG",
        "91440300192185379H",
        "91100000100003962T",
        "9152000071430580XT",
    ] {
        assert!(valid(Kind::Uscc, code), "{code}");
    }
}

#[test]
fn a_credit_code_may_be_written_loosely() {
    let expected = Checked::Valid("91440300100012316L".to_owned());
    for text in [
        " 91440300100012316l ",
        "９１４４０３００１０００１２３１６Ｌ",
        "914403-00100012316-L",
        "9144 0300 1000 1231 6L\u{FEFF}",
    ] {
        assert_eq!(check(Kind::Uscc, text), expected, "{text}");
    }
}

#[test]
fn codes_of_the_pilot_years_are_doubtful_not_refused() {
    for code in ["91350100M0001TGQXM", "91350211M0000XUF46", "91350203M0001FUE2P"] {
        let expected = Checked::Doubtful(code.to_owned(), Doubt::CheckCharacter);
        assert_eq!(check(Kind::Uscc, code), expected);
        assert_eq!(guess(code), Some(Kind::Uscc));
    }
}

#[test]
fn wrong_credit_codes_say_what_is_wrong() {
    let doubt = |code: &str| match check(Kind::Uscc, code) {
        Checked::Doubtful(_, doubt) => doubt.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(doubt("914403001922038217"), "check_character");
    assert!(!valid(Kind::Uscc, "9133010057462616XH"));
    assert_eq!(
        check(Kind::Uscc, "9144030010001231L"),
        Checked::Refused(Fault::WrongLength { expected: 18, found: 17 })
    );
    assert_eq!(
        check(Kind::Uscc, "9144O300100012316L"),
        Checked::Refused(Fault::BadCharacter { character: 'O' })
    );
    assert_eq!(check(Kind::Uscc, " - "), Checked::Refused(Fault::Empty));
}

#[test]
fn real_legal_entity_identifiers_are_valid() {
    for code in [
        "529900M9MC28JLN35U89",
        "5493001NTNQJDH60PM02",
        "5493002ERZU2K9PZDL40",
        "254900N4SLUMW4XUYY11",
        "MLU0ZO3ML4LN2LL2TL39",
        "HWUPKR0MPOU8FGXBT394",
    ] {
        assert!(valid(Kind::Lei, code), "{code}");
        assert_eq!(guess(code), Some(Kind::Lei));
    }
    assert!(matches!(
        check(Kind::Lei, "529900M9MC28JLN35U98"),
        Checked::Doubtful(_, Doubt::CheckCharacter)
    ));
    assert!(matches!(
        check(Kind::Lei, "529900M9MC28JLN35U8X"),
        Checked::Refused(Fault::BadCharacter { character: 'X' })
    ));
}

#[test]
fn a_duns_number_is_nine_digits() {
    assert_eq!(check(Kind::Duns, "15-048-3782"), Checked::Valid("150483782".to_owned()));
    assert!(!valid(Kind::Duns, "15048378"));
    assert!(!valid(Kind::Duns, "15048378A"));
}

#[test]
fn vat_numbers_have_the_pattern_of_their_country() {
    let good = [
        "ATU12345678",
        "BE0123456789",
        "BG123456789",
        "BG1234567890",
        "CY12345678X",
        "CZ12345678",
        "CZ1234567890",
        "DE136695976",
        "DK13585628",
        "EE100931558",
        "EL094259216",
        "ESX1234567X",
        "ESB5881850X",
        "FI20774740",
        "FR40303265045",
        "FRK7399859412",
        "HR33392005961",
        "HU12892312",
        "IE6433435F",
        "IE6433435OA",
        "IE8D79739I",
        "IE1*12345A",
        "IE1+12345A",
        "IT00743110157",
        "LT119511515",
        "LT100001919017",
        "LU15027442",
        "LV40003521600",
        "MT11679112",
        "NL004495445B01",
        "PL8567346215",
        "PT501964843",
        "RO18547290",
        "RO12",
        "SE123456789701",
        "SI50223054",
        "SK2022749619",
        "XI123456789",
        "XI123456789012",
        "XIGD123",
        "XIHA500",
    ];
    for code in good {
        assert!(valid(Kind::EuVat, code), "{code}");
    }
    for code in ["AT12345678", "BE2123456789", "DE12345678", "NL004495445C01", "IE6433435X"] {
        assert!(
            matches!(check(Kind::EuVat, code), Checked::Refused(Fault::CountryPattern { .. })),
            "{code}"
        );
    }
    assert_eq!(check(Kind::EuVat, "GR094259216"), Checked::Refused(Fault::GreeceIsEl));
    assert_eq!(
        check(Kind::EuVat, "GB123456789"),
        Checked::Refused(Fault::UnknownCountry { prefix: "GB".to_owned() })
    );
}

#[test]
fn the_kind_is_guessed_only_when_the_text_shows_it() {
    assert_eq!(guess("91440300100012316L"), Some(Kind::Uscc));
    assert_eq!(guess("15-048-3782"), Some(Kind::Duns));
    assert_eq!(guess("DE136695976"), Some(Kind::EuVat));
    // The shape of a citizen's identity number.
    assert_eq!(guess("110101199003070134"), None);
    assert_eq!(guess("S-1024"), None);
    assert_eq!(guess(""), None);
}

#[test]
fn kinds_survive_their_code() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}|[0-9A-Z+* -]{0,24}") {
        guess(&text);
        for kind in Kind::ALL {
            if let Some(normalised) = check(kind, &text).normalised() {
                let again = check(kind, normalised);
                prop_assert_eq!(again.normalised(), Some(normalised));
            }
        }
    }
}
