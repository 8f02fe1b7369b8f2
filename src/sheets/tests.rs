mod support;
mod text;
mod workbook;
mod writing;

#[test]
fn columns_are_named_as_spreadsheets_name_them() {
    for (index, name) in
        [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
    {
        assert_eq!(super::column_name(index), name);
    }
}
