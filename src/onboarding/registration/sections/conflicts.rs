//! What the company declares about conflicts of interest and related parties.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use validator::Validate;

use super::{Change, input, inputs, last_accepted, problems_of_rows, said};
use crate::access::MayWrite;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::onboarding::registration::apply::Accepted;
use crate::onboarding::registration::layout::{Group, Kind, Part, YES_NO, ask};
use crate::onboarding::registration::{Registration, Section};
use crate::schema::declarations;
use crate::values::{new_id, now};
use crate::vault::Vault;

pub const PARTS: &[Part] = &[
    Part::One(ask("has_conflicts", YES_NO, 10).required().hinted()),
    Part::One(ask("details", Kind::LongText, 4000).hinted()),
    Part::One(ask("has_related", YES_NO, 10).required().hinted()),
    Part::Several(Group {
        name: "parties",
        is_expected: false,
        fields: &[
            ask("name", Kind::Text, 200).required(),
            ask("relation", Kind::Text, 500).required().hinted(),
        ],
    }),
];

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ConflictsInput {
    pub has_conflicts: String,
    #[validate(length(max = 4000))]
    pub details: String,
    pub has_related: String,
}

/// Somebody with whom the company, or one of its people, has to do on both sides.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PartyInput {
    #[validate(length(max = 200))]
    pub name: String,
    #[validate(length(max = 500))]
    pub relation: String,
}

impl PartyInput {
    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        for (field, text) in [("name", &self.name), ("relation", &self.relation)] {
            if text.trim().is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
        }
        problems
    }
}

pub(super) fn problems(answers: &Value) -> Problems {
    let Ok(typed) = input::<ConflictsInput>(answers) else {
        return Problems::one("has_conflicts", "unreadable");
    };
    let mut problems = Problems::default();
    let is_answer = |text: &str| matches!(text, "yes" | "no");
    if !is_answer(&typed.has_conflicts) {
        problems.add(Problem::new("has_conflicts", "choose_answer"));
    } else if typed.has_conflicts == "yes" && typed.details.trim().is_empty() {
        problems.add(Problem::new("details", "missing"));
    }
    let parties: Vec<PartyInput> = inputs(answers, "parties");
    if !is_answer(&typed.has_related) {
        problems.add(Problem::new("has_related", "choose_answer"));
    } else if typed.has_related == "yes" && parties.is_empty() {
        problems.add(Problem::new("parties-0-name", "missing"));
    } else if typed.has_related == "no" && !parties.is_empty() {
        problems.add(Problem::new("has_related", "parties_named"));
    }
    problems.0.extend(problems_of_rows(answers, "parties", PartyInput::problems).0);
    problems
}

/// A declaration is made anew each time: what was answered before is offered.
pub(super) fn known(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
) -> Result<Value, Error> {
    let earlier = last_accepted(c, vault, supplier_id, Section::Conflicts)?;
    let parties = earlier.get("parties").cloned().unwrap_or_else(|| json!([]));
    Ok(json!({
        "has_conflicts": said(&earlier, "has_conflicts"),
        "details": said(&earlier, "details"),
        "has_related": said(&earlier, "has_related"),
        "parties": parties,
    }))
}

pub(super) fn apply(
    c: &mut AnyConnection,
    by: &Accepted,
    registration: &Registration,
    change: &Change,
) -> Result<(), Error> {
    let there: Option<String> = declarations::table
        .filter(declarations::registration_id.eq(&registration.id))
        .select(declarations::id)
        .first(c)
        .optional()?;
    if there.is_some() || change.after == change.before {
        return Ok(());
    }
    let typed: ConflictsInput = input(&change.after)?;
    let parties: Vec<PartyInput> = inputs(&change.after, "parties");
    let mut details = vec![typed.details.trim().to_string()];
    details.extend(parties.iter().map(|party| format!("{}: {}", party.name, party.relation)));
    details.retain(|line| !line.is_empty());
    let (id, has_conflicts) = (new_id(), typed.has_conflicts == "yes");
    let time = now();
    diesel::insert_into(declarations::table)
        .values((
            declarations::id.eq(&id),
            declarations::supplier_id.eq(&registration.supplier_id),
            declarations::registration_id.eq(&registration.id),
            declarations::has_conflicts.eq(has_conflicts),
            declarations::details.eq(details.join("\n")),
            declarations::declared_by.eq(registration.submitted_by.clone().unwrap_or_default()),
            declarations::declared_name.eq(&registration.submitted_name),
            declarations::declared_at.eq(registration.submitted_at.unwrap_or(time)),
            declarations::accepted_at.eq(time),
        ))
        .execute(c)?;
    let record = json!({ "declaration": id, "has_conflicts": has_conflicts });
    let subject = ("supplier", registration.supplier_id.as_str());
    audit::append(c, by.actor(), "declaration.accepted", subject, record)
}
