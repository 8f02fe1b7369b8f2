//! A case in the making: how it is brought, served and answered.

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::words;
use super::{Team, after, afternoon};
use crate::access::{Actor, Role};
use crate::db::AnyConnection;
use crate::demo::certification::{day, morning};
use crate::error::Error;
use crate::inspections::Severity;
use crate::punishments::cases::{DECIDE_DAYS, Interim, steps};
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Held, Orders, Origin, Status, Step, StepKind};
use crate::schema::{
    punishment_cases, punishment_interims, punishment_members, punishment_steps, suppliers,
};
use crate::suppliers::Supplier;
use crate::values::new_id;

/// Days from a deed to its case.
const DEED: u64 = 18;

/// What cases are made with.
pub(super) struct Making<'a> {
    pub team: &'a Team,
    standards: &'a [Standard],
    /// The company whose owner signs in.
    first: &'a str,
    /// Cases so far.
    number: i64,
    /// The cases that were made, with the numbers of their companies.
    pub made: Vec<(i64, String)>,
}

/// A case and what belongs to it, until it is written.
pub(super) struct Story {
    pub case: Case,
    pub standard: Standard,
    pub supplier: Supplier,
    pub members: Vec<Held>,
}

impl<'a> Making<'a> {
    pub fn new(team: &'a Team, standards: &'a [Standard], first: &'a str) -> Making<'a> {
        Making { team, standards, first, number: 0, made: Vec::new() }
    }

    /// A case against the company of a number, brought so many days ago.
    pub fn propose(
        &mut self,
        c: &mut AnyConnection,
        company: i64,
        (violation, severity): (&str, Severity),
        (origin, ago): (Origin, i64),
    ) -> Result<Story, Error> {
        let supplier: Supplier = suppliers::table
            .filter(suppliers::number.eq(company))
            .select(Supplier::as_select())
            .first(c)?;
        let mut of_kind = self.standards.iter();
        let standard = of_kind
            .find(|one| one.violation == violation && one.severity == severity)
            .cloned()
            .ok_or_else(|| Error::Internal(format!("no standard {violation} {severity:?}")))?;
        self.number += 1;
        let (on, by) = (day(-ago), &self.team.proposer);
        let case = Case {
            id: new_id(),
            number: self.number,
            supplier_id: supplier.id.clone(),
            standard_id: standard.id.clone(),
            violation: violation.into(),
            severity,
            origin,
            effect_id: None,
            area: supplier.area.clone(),
            deed_on: on - Days::new(DEED),
            facts: words::facts(violation).into(),
            status: Status::Proposed,
            proposed_by: by.account_id.clone(),
            proposed_name: by.name.clone(),
            proposed_at: morning(on),
            notice_by: after(on, standard.notice_days),
            served_at: None,
            reply_by: None,
            replied_at: None,
            decide_by: None,
            decided_at: None,
            measure: None,
            orders: None,
            bars_data: false,
            from_on: None,
            to_on: None,
            appeal_by: None,
            appealed_at: None,
            hear_by: None,
            ended_at: None,
            ended_reason: String::new(),
            reminded_on: None,
        };
        diesel::insert_into(punishment_cases::table).values(&case).execute(c)?;
        self.made.push((company, case.id.clone()));
        step(c, by, &case, (StepKind::Proposed, false), &case.facts, case.proposed_at)?;
        let details = json!({
            "company": supplier.code(),
            "violation": violation,
            "severity": severity,
            "punishment_origin": origin,
            "deed_on": case.deed_on.to_string(),
            "notice_by": case.notice_by.to_string(),
        });
        steps::log(c, by, "punishment.proposed", &case, details)?;
        Ok(Story { case, standard, supplier, members: Vec::new() })
    }

    /// Somebody of the company of a case.
    pub fn somebody(&self, c: &mut AnyConnection, story: &Story) -> Result<Actor, Error> {
        use crate::schema::accounts;
        let (account_id, name): (String, String) = match story.supplier.id == self.first {
            true => accounts::table
                .filter(accounts::supplier_id.eq(self.first))
                .filter(accounts::role.eq(Role::SupplierOwner))
                .order(accounts::id)
                .select((accounts::id, accounts::name))
                .first(c)?,
            false => ("invented".into(), words::SOMEBODY.into()),
        };
        let supplier_id = Some(story.supplier.id.clone());
        let role = Role::SupplierOwner;
        Ok(Actor { account_id, name, role, supplier_id, ..Actor::command_line() })
    }

    /// The notice is served some days after the proposal: on paper where nobody signs in for the company.
    pub fn serve(
        &self,
        c: &mut AnyConnection,
        story: &mut Story,
        days: i64,
    ) -> Result<NaiveDate, Error> {
        let on = after(story.case.proposed_at.date(), days);
        let reply_by = after(on, story.standard.reply_days);
        let (case, by) = (&mut story.case, &self.team.legal);
        case.status = Status::Served;
        case.served_at = Some(morning(on));
        case.reply_by = Some(reply_by);
        case.decide_by = Some(reply_by + Days::new(DECIDE_DAYS));
        step(c, by, case, (StepKind::Served, true), words::NOTICE, morning(on))?;
        if story.supplier.id != self.first {
            let delivery = format!("EMS SAMPLE-{:08}, {on}", case.number * 7_919);
            step(c, by, case, (StepKind::Delivered, true), &delivery, afternoon(on))?;
        }
        let details = json!({ "served_on": on.to_string(), "reply_by": reply_by.to_string() });
        steps::log(c, by, "punishment.served", case, details)?;
        Ok(on)
    }

    /// The company replies some days after the notice.
    pub fn reply(&self, c: &mut AnyConnection, story: &mut Story, days: i64) -> Result<(), Error> {
        let by = self.somebody(c, story)?;
        let on = after(served_on(&story.case), days);
        story.case.replied_at = Some(afternoon(on));
        let body = words::reply(&story.case.violation);
        step(c, &by, &story.case, (StepKind::Replied, true), body, afternoon(on))
    }

    /// The company lets its days pass, and we let ours.
    pub fn miss(&self, c: &mut AnyConnection, story: &Story) -> Result<(), Error> {
        let (case, clock) = (&story.case, Actor::clock());
        let days = [
            (case.reply_by, StepKind::ReplyMissed, true),
            (case.decide_by, StepKind::Overdue, false),
        ];
        for (last, kind, is_shown) in days {
            if let Some(last) = last {
                step(c, &clock, case, (kind, is_shown), &last.to_string(), night(last))?;
            }
        }
        Ok(())
    }

    /// What may not wait, from the day of the notice, looked at by somebody else since.
    pub fn hold(&self, c: &mut AnyConnection, story: &Story) -> Result<(), Error> {
        let (case, on) = (&story.case, served_on(&story.case));
        let (by, other) = (&self.team.legal, &self.team.approver);
        let interim = Interim {
            id: new_id(),
            case_id: case.id.clone(),
            supplier_id: case.supplier_id.clone(),
            orders: Orders::Blocked,
            from_on: on,
            to_on: after(on, story.standard.interim_days),
            reason: words::INTERIM.into(),
            imposed_by: by.account_id.clone(),
            imposed_name: by.name.clone(),
            imposed_at: afternoon(on),
            reviewed_at: Some(morning(after(on, 2))),
            reviewed_by: Some(other.account_id.clone()),
            reviewed_name: other.name.clone(),
            ended_on: None,
            ended_reason: String::new(),
        };
        diesel::insert_into(punishment_interims::table).values(&interim).execute(c)?;
        step(c, by, case, (StepKind::InterimImposed, true), words::INTERIM, interim.imposed_at)?;
        let at = morning(after(on, 2));
        step(c, other, case, (StepKind::InterimReviewed, false), words::REVIEWED, at)
    }

    /// Writes down where a case stands, and the companies that it is about.
    pub fn keep(&self, c: &mut AnyConnection, story: &Story) -> Result<(), Error> {
        let case = &story.case;
        diesel::update(punishment_cases::table.find(&case.id))
            .set((
                punishment_cases::status.eq(case.status),
                punishment_cases::served_at.eq(case.served_at),
                punishment_cases::reply_by.eq(case.reply_by),
                punishment_cases::replied_at.eq(case.replied_at),
                punishment_cases::decide_by.eq(case.decide_by),
                punishment_cases::decided_at.eq(case.decided_at),
                punishment_cases::measure.eq(case.measure),
                punishment_cases::orders.eq(case.orders),
                punishment_cases::bars_data.eq(case.bars_data),
                punishment_cases::from_on.eq(case.from_on),
                punishment_cases::to_on.eq(case.to_on),
                punishment_cases::appeal_by.eq(case.appeal_by),
                punishment_cases::appealed_at.eq(case.appealed_at),
                punishment_cases::hear_by.eq(case.hear_by),
                punishment_cases::ended_at.eq(case.ended_at),
                punishment_cases::ended_reason.eq(&case.ended_reason),
            ))
            .execute(c)?;
        for row in &story.members {
            diesel::insert_into(punishment_members::table).values(row).execute(c)?;
        }
        Ok(())
    }
}

/// Writes a step down.
pub(super) fn step(
    c: &mut AnyConnection,
    by: &Actor,
    case: &Case,
    (kind, is_shown): (StepKind, bool),
    body: &str,
    at: NaiveDateTime,
) -> Result<(), Error> {
    let row = Step {
        id: new_id(),
        case_id: case.id.clone(),
        kind,
        body: body.into(),
        by_supplier: by.supplier_id.is_some(),
        is_shown,
        actor_id: by.account_id.clone(),
        actor_name: by.name.clone(),
        at,
    };
    diesel::insert_into(punishment_steps::table).values(&row).execute(c)?;
    Ok(())
}

/// The day of the notice.
pub(super) fn served_on(case: &Case) -> NaiveDate {
    case.served_at.unwrap_or(case.proposed_at).date()
}

/// Just after a day.
pub(super) fn night(last: NaiveDate) -> NaiveDateTime {
    (last + Days::new(1)).and_hms_opt(0, 20, 0).unwrap_or_default()
}
