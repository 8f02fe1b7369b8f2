//! Who stands behind the company: its parent, and the people who own it and sign for it.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use validator::Validate;

use super::{Change, input, last_accepted, problems_of_rows, replaced, said};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::onboarding::registration::Section;
use crate::onboarding::registration::apply::Accepted;
use crate::onboarding::registration::layout::{Group, Kind, Part, ROW, ask, rows, text};
use crate::suppliers::people::{self, Part as Role, PersonInput, check};
use crate::vault::Vault;

const ROLES: Kind =
    Kind::Choice("person", &["legal_representative", "beneficial_owner", "signatory"]);
const PAPERS: Kind = Kind::Choice("paper", &["resident_id", "passport", "other"]);

pub const PARTS: &[Part] = &[
    Part::One(ask("parent_name", Kind::Text, 200).hinted()),
    Part::One(ask("parent_identifier", Kind::Text, 100).hinted()),
    Part::One(ask("parent_share", Kind::Text, 20).hinted()),
    Part::Several(Group {
        name: "people",
        is_expected: true,
        fields: &[
            ask("role", ROLES, 50).required(),
            ask("name", Kind::Text, 100).required(),
            ask("country", Kind::Country, 100).required(),
            ask("share", Kind::Text, 20).hinted(),
            ask("paper", PAPERS, 50).required(),
            ask("number", Kind::Sealed, 60).hinted(),
        ],
    }),
];

/// The company above this one, as it calls it. Who controls whom, staff record as a link.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ParentInput {
    #[validate(length(max = 200))]
    pub parent_name: String,
    #[validate(length(max = 100))]
    pub parent_identifier: String,
    /// In percent, at most two decimals.
    #[validate(length(max = 20))]
    pub parent_share: String,
}

pub(super) fn problems(answers: &Value) -> Problems {
    let Ok(parent) = input::<ParentInput>(answers) else {
        return Problems::one("parent_name", "unreadable");
    };
    let mut problems = Problems::default();
    let rest = [&parent.parent_identifier, &parent.parent_share];
    if parent.parent_name.trim().is_empty() && rest.iter().any(|text| !text.trim().is_empty()) {
        problems.add(Problem::new("parent_name", "missing"));
    }
    if !parent.parent_share.trim().is_empty() && check::share(&parent.parent_share).is_none() {
        problems.add(Problem::new("parent_share", "share"));
    }
    problems.0.extend(problems_of_rows(answers, "people", PersonInput::problems).0);
    problems.0.extend(together(answers).0);
    problems
}

/// What the people must be taken together: one represents the company, and what they own is at most
/// all of it.
fn together(answers: &Value) -> Problems {
    let mut problems = Problems::default();
    let mut shares = 0;
    let mut representatives = 0;
    for (index, row) in rows(answers, "people").enumerate() {
        let represents = text(row, "role") == Role::LegalRepresentative.as_str();
        representatives += usize::from(represents);
        if represents && representatives > 1 {
            let field = format!("people-{index}-role");
            problems.add(Problem::new(&field, "representative_there"));
        }
        let share = check::share(text(row, "share")).unwrap_or_default();
        if shares + share > check::WHOLE {
            let left = check::share_text(check::WHOLE - shares);
            let field = format!("people-{index}-share");
            problems.add(Problem::new(&field, "shares_over").with("left", left));
        } else {
            shares += share;
        }
    }
    if representatives == 0 {
        problems.add(Problem::new("people-0-role", "representative_needed"));
    }
    problems
}

pub(super) fn known(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
) -> Result<Value, Error> {
    let earlier = last_accepted(c, vault, supplier_id, Section::Ownership)?;
    let mut rows = Vec::new();
    for person in people::of(c, supplier_id)? {
        let number = match person.number_sealed.as_str() {
            "" => String::new(),
            sealed => vault.open(sealed, &person.id)?,
        };
        let share = person.share.map(|share| check::share_text(share).replace(" %", ""));
        rows.push(json!({
            ROW: person.id,
            "role": person.role.as_str(),
            "name": person.name,
            "country": person.country,
            "share": share.unwrap_or_default(),
            "paper": person.paper.as_str(),
            "number": number,
        }));
    }
    Ok(json!({
        "parent_name": said(&earlier, "parent_name"),
        "parent_identifier": said(&earlier, "parent_identifier"),
        "parent_share": said(&earlier, "parent_share"),
        "people": rows,
    }))
}

fn tidy(row: &mut Map<String, Value>) {
    let typed = PersonInput::deserialize(Value::Object(row.clone())).unwrap_or_default();
    let (number, share) = typed.tidied();
    row.insert("number".into(), number.into());
    row.insert("share".into(), share.into());
}

pub(super) fn apply(
    c: &mut AnyConnection,
    by: &Accepted,
    vault: &Vault,
    supplier_id: &str,
    change: &Change,
) -> Result<(), Error> {
    let present = known(c, vault, supplier_id)?;
    let change = change.tidied("people", tidy);
    let (gone, written) = replaced(&change, "people", &present);
    for id in gone {
        people::remove(c, by, supplier_id, id)?;
    }
    for row in written {
        let person = PersonInput::deserialize(Value::Object(row.clone()))?;
        people::add(c, by, vault, supplier_id, &person)?;
    }
    Ok(())
}
