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

/// Writes to everybody of a company, by its id and name, to whom a letter can be addressed: what it is about
/// does not wait for somebody's address. `link` is the path that the letter leads to.
pub fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    company: (&str, &str),
    kind: &'static str,
    link: &str,
    words: impl Fn(&Texts) -> Words,
) -> Result<(), Error> {
    reach(c, vault, company, kind, link, words).map(|_| ())
}

/// [`tell`], for who has to know whether it has reached somebody: to how many people there is a letter.
pub fn reach(
    c: &mut AnyConnection,
    vault: &Vault,
    (supplier_id, company): (&str, &str),
    kind: &'static str,
    link: &str,
    words: impl Fn(&Texts) -> Words,
) -> Result<usize, Error> {
    let mut reached = 0;
    for to in company_people::open_of(c, supplier_id)? {
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
        match super::post(c, vault, letter) {
            Ok(_) => reached += 1,
            // Nothing can be sent to such an address.
            Err(Error::Invalid(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(reached)
}
