//! The group of a case as its page shows it.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::differences::{Differences, between};
use super::preview::{Preview, PreviewMember, preview};
use crate::access::{Actor, Right};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::page::{Form, Page};
use crate::punishments::ballots::Status as Ballot;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Ground, Held, MemberStatus, Reach, Status};
use crate::schema::punishment_ballots;
use crate::suppliers::Supplier;
use crate::values::{forever, now};

/// The group of a case, as somebody may see it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub case_id: String,
    pub reach: Reach,
    /// The group as it is today, as long as nothing is decided.
    pub preview: Option<Preview>,
    /// What has changed since somebody chose from the group.
    pub changed: Option<Differences>,
    /// Who was chosen, or is or was held.
    pub rows: Vec<(Held, Supplier)>,
    /// Companies outside what the reader may see.
    pub hidden: i64,
    /// Whether the reader brings a decision to the vote here.
    pub may_choose: bool,
    /// Whether the reader settles who has joined or left.
    pub may_settle: bool,
}

/// A company before the decision, in words.
pub struct Line {
    pub id: String,
    pub code: String,
    pub name: String,
    pub is_principal: bool,
    pub ground: String,
    /// What would stop: one line each.
    pub stops: Vec<String>,
    /// "include", "exempt" or "".
    pub choice: String,
    pub reason: String,
    pub choice_error: Option<String>,
    pub reason_error: Option<String>,
}

impl Shown {
    /// What somebody may see of the group of a case.
    pub fn load(
        c: &mut AnyConnection,
        actor: &Actor,
        case: &Case,
        standard: &Standard,
    ) -> Result<Shown, Error> {
        let mut rows = super::of(c, &case.id)?;
        let allows = |area: &str| actor.scope.allows(area);
        let decides = actor.role.may(Right::DecidePunishments);
        let is_mine = case.proposed_by == actor.account_id;
        let mut shown = Shown {
            case_id: case.id.clone(),
            reach: standard.reach,
            preview: None,
            changed: None,
            rows: Vec::new(),
            hidden: 0,
            may_choose: false,
            may_settle: decides && !is_mine && case.status.is_in_force(),
        };
        if matches!(case.status, Status::Proposed | Status::Served) {
            let mut group = preview(c, case, standard)?;
            if standard.reach.is_group() && !rows.is_empty() {
                let mut changed = between(&group, &rows);
                changed.joined.retain(|member| allows(&member.supplier.area));
                changed.moved.retain(|(member, _)| allows(&member.supplier.area));
                changed.left.retain(|(_, supplier)| allows(&supplier.area));
                shown.changed = Some(changed).filter(|changed| !changed.is_empty());
            }
            let all = group.members.len();
            group.members.retain(|member| allows(&member.supplier.area));
            shown.hidden = (all - group.members.len()) as i64;
            shown.may_choose = decides
                && !is_mine
                && shown.hidden == 0
                && !group.is_cut
                && case.status == Status::Served
                && case.is_heard(now().date())
                && !has_open_ballot(c, &case.id)?;
            shown.preview = Some(group);
        } else {
            let all = rows.len();
            rows.retain(|(_, supplier)| allows(&supplier.area));
            shown.hidden = (all - rows.len()) as i64;
        }
        shown.rows = rows;
        Ok(shown)
    }

    /// The companies of the group before the decision, with what was typed or chosen of each.
    pub fn lines(&self, page: &Page, form: &Form) -> Vec<Line> {
        let chosen: HashMap<&str, &Held> =
            self.rows.iter().map(|(row, _)| (row.supplier_id.as_str(), row)).collect();
        let members = self.preview.iter().flat_map(|group| &group.members);
        let line = |member: &PreviewMember| {
            let id = &member.supplier.id;
            let row = chosen.get(id.as_str());
            let typed = |field: &str| form.value(&format!("{field}-{id}")).to_string();
            let problem = |field: &str| form.problem(page, &format!("{field}-{id}"));
            let earlier = row.map(|row| match row.status {
                MemberStatus::Exempted => "exempt",
                _ => "include",
            });
            let or = |typed: String, earlier: Option<&str>| match typed.is_empty() {
                true => earlier.unwrap_or_default().to_string(),
                false => typed,
            };
            Line {
                code: member.supplier.code(),
                name: page.pick(&member.supplier.english_name, &member.supplier.legal_name).into(),
                is_principal: member.ground == Ground::Principal,
                ground: ground(page, member),
                stops: stops(page, member),
                choice: or(typed("choice"), earlier),
                reason: or(typed("reason"), row.map(|row| row.reason.as_str())),
                choice_error: problem("choice"),
                reason_error: problem("reason"),
                id: id.clone(),
            }
        };
        members.map(line).collect()
    }

    /// What has changed since, a line for each company.
    pub fn changes(&self, page: &Page) -> Vec<String> {
        let Some(changed) = &self.changed else { return Vec::new() };
        let say = |key: &str, code: &str, name: &str| {
            page.ta(key, &[("company", &format!("{code} {name}"))])
        };
        let mut lines = Vec::new();
        for member in &changed.joined {
            let company = &member.supplier;
            lines.push(say("members-has-joined", &company.code(), &company.legal_name));
        }
        for (_, supplier) in &changed.left {
            lines.push(say("members-has-left", &supplier.code(), &supplier.legal_name));
        }
        for (member, _) in &changed.moved {
            let company = &member.supplier;
            lines.push(say("members-has-moved", &company.code(), &company.legal_name));
        }
        lines
    }

    /// Whether somebody may say something of a company now.
    pub fn settles(&self, row: &Held) -> bool {
        self.may_settle && row.status.waits()
    }

    /// The days on which a company is or was held, "" where it never was.
    pub fn days(&self, page: &Page, row: &Held) -> String {
        days(page, row)
    }

    /// Whether the group has too many companies.
    pub fn is_cut(&self) -> bool {
        self.preview.as_ref().is_some_and(|group| group.is_cut)
    }

    /// The hash of the group as the page shows it.
    pub fn hash(&self) -> &str {
        self.preview.as_ref().map(|group| group.hash.as_str()).unwrap_or_default()
    }
}

/// The days on which a company is or was held, "" where it never was.
pub fn days(page: &Page, row: &Held) -> String {
    let (Some(from), Some(to)) = (row.from_on, row.to_on) else { return String::new() };
    let from = page.day(from);
    match to.pred_opt().filter(|_| to != forever().date()) {
        Some(last) if Some(last) >= row.from_on => {
            page.ta("members-days", &[("from", &from), ("last", &page.day(last))])
        }
        Some(_) => String::new(),
        None => page.ta("members-days-endless", &[("from", &from)]),
    }
}

/// How a company stands to the one that the case is against.
fn ground(page: &Page, member: &PreviewMember) -> String {
    let ground = page.tk("member-ground", member.ground.as_str());
    match member.steps {
        0 | 1 => ground,
        steps => {
            let far = page.tn("members-steps", steps as i64);
            page.ta("members-ground-far", &[("ground", &ground), ("far", &far)])
        }
    }
}

/// What would stop at a company.
pub fn stops(page: &Page, member: &PreviewMember) -> Vec<String> {
    let names = member.categories.iter().map(|(english, chinese)| {
        page.ta("members-stops-category", &[("category", page.pick(english, chinese))])
    });
    let mut lines: Vec<String> = names.collect();
    if member.open_inspections > 0 {
        lines.push(page.tn("members-stops-inspections", member.open_inspections));
    }
    lines
}

fn has_open_ballot(c: &mut AnyConnection, case_id: &str) -> Result<bool, Error> {
    let open = punishment_ballots::table
        .filter(punishment_ballots::case_id.eq(case_id))
        .filter(punishment_ballots::status.eq(Ballot::Open));
    Ok(diesel::select(exists(open)).get_result(c)?)
}
