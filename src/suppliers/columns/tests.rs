use super::*;
use Field::*;

fn headers(line: &str) -> Vec<String> {
    line.split('|').map(str::to_owned).collect()
}

fn recognised(line: &str) -> Vec<Option<Field>> {
    recognise(&headers(line))
}

#[test]
fn a_plain_factory_list_is_recognised() {
    assert_eq!(
        recognised("country|name|address|sector"),
        [Some(Country), Some(Name), Some(Address), Some(Category)]
    );
    assert_eq!(
        recognised(
            "Factory Name| Street Address |City|State/Province|Country / Region|Product Type"
        ),
        [Some(Name), Some(Address), Some(City), Some(Province), Some(Country), Some(Category)]
    );
}

#[test]
fn a_chinese_list_is_recognised() {
    assert_eq!(
        recognised(
            "序号|供应商名称|统一社会信用代码|国家/地区|省份|城市|地址（必填）|品类|联系人|联系电话|备注"
        ),
        [
            None,
            Some(Name),
            Some(Uscc),
            Some(Country),
            Some(Province),
            Some(City),
            Some(Address),
            Some(Category),
            Some(ContactName),
            Some(ContactPhone),
            Some(Note)
        ]
    );
}

#[test]
fn the_best_header_wins_and_each_field_is_given_once() {
    assert_eq!(recognised("Name|Supplier name"), [None, Some(Name)]);
    assert_eq!(recognised("Factory Name|Supplier"), [Some(SiteName), Some(Name)]);
    assert_eq!(recognised("公司名称|工厂名称"), [Some(Name), Some(SiteName)]);
    assert_eq!(recognised("Address|Address"), [Some(Address), None]);
    assert_eq!(recognised("Name|Name (English)"), [Some(Name), Some(EnglishName)]);
}

#[test]
fn our_own_headers_are_recognised() {
    for field in Field::ALL {
        assert_eq!(recognised(field.as_str()), [Some(*field)], "{}", field.as_str());
        assert_eq!(Field::parse(field.as_str()), Some(*field));
    }
    let own: Vec<String> = Field::ALL.iter().map(|field| field.as_str().to_owned()).collect();
    let all: Vec<_> = Field::ALL.iter().copied().map(Some).collect();
    assert_eq!(recognise(&own), all);
    assert_eq!(
        recognised(
            "supplier_id|supplier_name|site_id|country|province_code|province|city|region|address"
        ),
        [SupplierId, Name, SiteId, Country, ProvinceCode, Province, City, Region, Address]
            .map(Some)
    );
}

#[test]
fn aliases_are_folded_already() {
    for field in Field::ALL {
        let folded = fold_header(field.as_str());
        assert!(aliases::ranks(&folded).iter().any(|(_, found)| found == field));
    }
    for (_, headers) in aliases::ALIASES {
        for name in aliases::names(headers) {
            assert_eq!(name, fold_header(name));
        }
    }
}

#[test]
fn a_mapping_by_hand_overrides_what_is_recognised() {
    let list = headers("Name|Firma|Ort");
    let mapping = Mapping::from_json(r#"{"Firma": "legal_name", "Ort": "city"}"#, &list);
    assert_eq!(mapping, Ok(Mapping(vec![None, Some(Name), Some(City)])));
    let mapping = Mapping::from_json(r#"{"Name": null}"#, &list);
    assert_eq!(mapping, Ok(Mapping(vec![None, None, None])));
}

#[test]
fn a_wrong_mapping_says_what_is_wrong() {
    let list = headers("Name|Firma");
    let code = |json: &str| Mapping::from_json(json, &list).map_err(|error| error.code());
    assert_eq!(code("[]"), Err("not_an_object"));
    assert_eq!(code(r#"{"Firma": "firm"}"#), Err("unknown_field"));
    assert_eq!(code(r#"{"Fima": "city"}"#), Err("unknown_header"));
    assert_eq!(code(r#"{"Firma": "city", "Name": "city"}"#), Err("field_twice"));
}

#[test]
fn a_mapping_survives_json() {
    let mapping = Mapping(vec![Some(Name), None, Some(EuVat)]);
    let json = serde_json::to_string(&mapping).unwrap();
    assert_eq!(json, r#"["legal_name",null,"eu_vat"]"#);
    assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), mapping);
    assert!(serde_json::from_str::<Mapping>(r#"["city","city"]"#).is_err());
}
