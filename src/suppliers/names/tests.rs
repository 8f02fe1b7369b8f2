use super::*;
use proptest::prelude::*;

#[test]
fn spellings_of_one_name_have_one_key() {
    for spelling in [
        "Jiangsu Golden Empire Apparel Co.,Ltd",
        "JIANGSU GOLDEN EMPIRE APPAREL CO., LTD.",
        "Jiangsu Golden-Empire Apparel Company Limited",
        "Jiang su Golden Empire Apparel Co. Ltd ",
        "Ｊｉａｎｇｓｕ Golden Empire Apparel （Co.） Ltd",
    ] {
        assert_eq!(name_key(spelling), "jiangsugoldenempireapparel", "{spelling}");
    }
    assert_eq!(name_key("杭州湖光纺织有限公司"), "杭州湖光纺织");
    assert_eq!(name_key("杭州湖光纺织股份有限公司"), "杭州湖光纺织");
    assert_eq!(name_key("杭州湖光纺织有限责任公司 "), "杭州湖光纺织");
}

#[test]
fn legal_forms_go_in_many_languages() {
    for (name, key) in [
        ("Marks & Spencer plc", "marksandspencer"),
        ("Ambathur Clothing Private Ltd.", "ambathurclothing"),
        ("Arvind Mills Pvt. Ltd", "arvindmills"),
        ("Müller GmbH & Co. KG", "müller"),
        ("A.Schmied s.r.o.", "aschmied"),
        ("Industrias Perlacos, S.L.", "industriasperlacos"),
        ("Confecções Alfa S.A.", "confecçõesalfa"),
        ("PT. Kahatex Tbk", "kahatex"),
        ("Công ty TNHH Dệt May", "dệtmay"),
        ("Viet Tien Garment Joint Stock Company", "viettiengarment"),
        ("Ghim Li Sdn. Bhd.", "ghimli"),
        ("Foo A/S", "foo"),
        ("O'Neill Inc", "oneill"),
    ] {
        assert_eq!(name_key(name), key, "{name}");
    }
}

#[test]
fn what_tells_companies_apart_stays() {
    assert_eq!(name_key("华为投资控股集团有限公司"), "华为投资控股集团");
    assert_eq!(name_key("湖光纺织有限公司上海分公司"), "湖光纺织有限公司上海分公司");
    assert_eq!(name_key("湖光（上海）纺织有限公司"), "湖光上海纺织");
    assert_eq!(name_key("Dragon (Shenzhen) Ltd"), "dragonshenzhen");
    assert_eq!(name_key("Texco Ltd"), "texco");
}

#[test]
fn a_name_is_never_reduced_to_nothing() {
    assert_eq!(name_key("Co., Ltd."), "coltd");
    assert_eq!(name_key("有限公司"), "有限公司");
    assert_eq!(name_key("???"), "???");
    assert_eq!(name_key(""), "");
}

#[test]
fn folding_separates_words_and_spells_ideographs() {
    assert_eq!(fold("浙江"), "  X浙X江X");
    assert_eq!(fold("Zhe-Jiang, Ltd."), "  zhe  jiang  ltd");
    assert_eq!(fold("A股B"), "  a  X股X  b");
    assert_eq!(fold("Łódź Straße"), "  lodz  strasse");
    assert_eq!(fold("𠀀"), "  X𠀀X");
    assert_eq!(fold("ＡＢＣ（上海）"), "  abc  X上X海X");
    assert_eq!(fold(" ,. "), "");
}

#[test]
fn terms_are_found_in_the_folded_name() {
    let name = fold("Hangzhou Lake Textile 杭州湖光纺织有限公司 91440300100012316L");
    for query in ["湖光", "光", "la", "tex", "angzhou", "91440300", "16L", "杭州 lake", "LAKE-TEX"]
    {
        let terms = search_terms(query);
        assert!(!terms.is_empty());
        assert!(terms.iter().all(|term| name.contains(term.as_str())), "{query} {terms:?}");
    }
    assert!(!name.contains(&search_terms("ak")[0]), "short terms stand at the start of a word");
}

#[test]
fn a_query_cannot_smuggle_operators() {
    assert_eq!(search_terms(r#""a" OR (b*) NEAR/3 --"#), ["  a", "  or", "  b", "near  3"]);
    assert_eq!(search_terms("' % _ \" * ^"), Vec::<String>::new());
    assert_eq!(search_terms("a b c d e f g h").len(), 6);
    assert_eq!(search_terms(&"x".repeat(5000))[0].len(), 60);
}

#[test]
fn sort_keys_are_short_and_plain() {
    assert_eq!(sort_key("  Élan, Ltd."), "elan ltd");
    assert_eq!(sort_key("湖光 A"), "湖光 a");
    assert!(sort_key(&"ab ".repeat(100)).chars().count() <= 64);
}

proptest! {
    #[test]
    fn no_name_panics(name in "\\PC{0,60}|[a-zA-Z&., 有限公司集团股份]{0,30}") {
        let key = name_key(&name);
        prop_assert_eq!(key.is_empty(), name.nfkc().all(char::is_whitespace));
        for term in search_terms(&name) {
            prop_assert!(term.chars().all(|c| c == ' ' || class_of(c) != Class::Gap), "{term:?}");
        }
        prop_assert!(sort_key(&name).chars().count() <= 64);
        fold(&name);
    }
}
