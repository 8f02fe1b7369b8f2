//! The workbook to fill in.

use crate::error::Error;
use crate::sheets;
use crate::suppliers::columns::Field;
use crate::texts::Language;

/// The columns of the workbook, in its order.
const COLUMNS: &[Field] = &[
    Field::Name,
    Field::EnglishName,
    Field::Uscc,
    Field::Lei,
    Field::Duns,
    Field::EuVat,
    Field::Country,
    Field::Province,
    Field::City,
    Field::Address,
    Field::SiteName,
    Field::SiteKind,
    Field::Category,
    Field::Industry,
    Field::Stage,
    Field::Since,
    Field::Website,
    Field::ContactName,
    Field::ContactEmail,
    Field::ContactPhone,
    Field::Note,
];

/// An XLSX workbook whose headers, in the reader's language, are recognised on the way back in.
pub fn workbook(language: Language) -> Result<Vec<u8>, Error> {
    let texts = language.texts();
    let headers: Vec<(&str, &str)> = COLUMNS
        .iter()
        .map(|field| (texts.get(field.label_key()), hint(language, *field)))
        .collect();
    let notes: Vec<&str> = texts.get("import-template-notes").lines().collect();
    sheets::template(&headers, &notes)
        .map_err(|error| Error::Internal(format!("the template cannot be written: {error}")))
}

fn hint(language: Language, field: Field) -> &'static str {
    let key = match field {
        Field::Name => "import-hint-name",
        Field::Uscc => "import-hint-uscc",
        Field::Address => "import-hint-address",
        Field::Category => "import-hint-category",
        Field::Stage => "import-hint-stage",
        Field::Since => "import-hint-since",
        Field::SiteKind => "import-hint-site-kind",
        _ => return "",
    };
    language.texts().get(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suppliers::columns::recognise;

    #[test]
    fn the_headers_of_the_template_are_recognised_in_both_languages() {
        for language in Language::ALL {
            let headers: Vec<String> = COLUMNS
                .iter()
                .map(|field| language.texts().get(field.label_key()).to_string())
                .collect();
            let fields: Vec<Field> = recognise(&headers).into_iter().flatten().collect();
            assert_eq!(fields, COLUMNS, "{headers:?}");
        }
    }
}
