//! Letters to everybody with an open account of a company.

use super::Letter;
use crate::access::company_people;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::texts::{Language, Texts};
use crate::vault::Vault;

/// What a letter says in a language: the arguments of its texts but for the company's name, and the
/// paragraphs after the body.
pub type Words = (Vec<(&'static str, String)>, Vec<String>);

/// Writes to everybody of a company, by its id and name, whose address can be written to; to nobody where
/// there is nobody: what the letter is about does not wait for somebody's address. `link` is the path that
/// the letter leads to.
pub fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    (supplier_id, company): (&str, &str),
    kind: &'static str,
    link: &str,
    words: impl Fn(&Texts) -> Words,
) -> Result<(), Error> {
    let people = company_people::open_of(c, supplier_id)?;
    for to in people.iter().filter(|to| super::is_address(&to.email)) {
        let language = Language::parse(&to.language).unwrap_or(Language::English);
        let (mut args, lines) = words(language.texts());
        args.push(("company", company.to_string()));
        let letter = Letter {
            kind,
            email: &to.email,
            name: &to.name,
            language,
            supplier_id: Some(supplier_id),
            args,
            lines,
            link: Some(link.into()),
        };
        super::post(c, vault, letter)?;
    }
    Ok(())
}
