//! The audit trail's pages, for those who audit.

use std::sync::atomic::{AtomicBool, Ordering};

use diesel::prelude::*;
use rocket::{FromForm, Route, State, get, routes};

use super::view::{Line, Names, action_text, line_of, lines_naming};
use super::{AuditRecord, Filter, Flaw, Verdict, find, trail_by, verify};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::Page;
use crate::page::paging::PAGE_SIZE;
use crate::schema::suppliers;
use crate::values::now;

/// Every action that the product records.
const ACTIONS: &[&str] = &[
    "access.account_created",
    "access.account_edited",
    "access.disabled",
    "access.enabled",
    "access.invitation_renewed",
    "access.invitation_revoked",
    "access.invited",
    "access.password_changed",
    "access.password_offered",
    "access.role_changed",
    "access.second_factor_enrolled",
    "access.second_factor_reset",
    "access.sessions_ended",
    "access.setup_offered",
    "access.signed_in",
    "candidate.accepted",
    "candidate.arrived",
    "candidate.declined",
    "candidate.phone_opened",
    "candidate.proposed",
    "candidate.released",
    "candidate.screened",
    "candidate.withdrawn",
    "category.created",
    "checkpoint.made",
    "contact.added",
    "contact.phone_opened",
    "contact.removed",
    "group.link_added",
    "group.link_ended",
    "group.link_withdrawn",
    "duplicate.decided",
    "identifier.added",
    "identifier.confirmed",
    "identifier.removed",
    "import.confirmed",
    "import.undone",
    "message.link_opened",
    "message.retried",
    "message.trial_sent",
    "scheme.created",
    "scheme.edited",
    "need.closed",
    "need.edited",
    "need.recorded",
    "need.reopened",
    "site.added",
    "site.closed",
    "site.edited",
    "site.registered",
    "site.settled",
    "supplier.created",
    "supplier.edited",
    "supplier.merge_undone",
    "supplier.merged",
    "supplier.stage_changed",
    "webhook.created",
    "webhook.redelivered",
    "webhook.removed",
    "webhook.resumed",
    "webhook.stopped",
    "webhook.tested",
];

/// The filters of the address bar.
#[derive(Clone, Debug, FromForm)]
pub struct Query {
    #[field(default = String::new())]
    actor: String,
    #[field(default = String::new())]
    action: String,
    #[field(default = String::new())]
    subject: String,
    before: Option<i64>,
}

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "audit/list.html")]
pub struct TrailPage {
    page: Page,
    query: Query,
    actions: Vec<(&'static str, String, bool)>,
    lines: Vec<Line>,
    next: Option<String>,
}

impl TrailPage {
    fn is_filtered(&self) -> bool {
        [&self.query.actor, &self.query.action, &self.query.subject].iter().any(|f| !f.is_empty())
    }
}

#[get("/audit?<query..>")]
pub async fn trail(
    page: Page,
    by: May<right::ReadAudit>,
    db: &State<Db>,
    query: Query,
) -> Result<TrailPage, Error> {
    let asked = query.clone();
    let (mut records, names) = db
        .read(move |c| {
            let filter = Filter {
                actor: plain(&asked.actor),
                action: plain(&asked.action),
                subject_id: subject_of(c, &plain(&asked.subject))?,
            };
            let records = trail_by(c, &filter, asked.before, PAGE_SIZE as i64 + 1)?;
            let names = Names::of(c, by.scope(), &records)?;
            Ok((records, names))
        })
        .await?;
    let more = records.len() > PAGE_SIZE;
    records.truncate(PAGE_SIZE);
    let last = records.last().filter(|_| more).map(|record| record.sequence);
    let next = last.map(|last| next_url(&query, last));
    let actions = ACTIONS
        .iter()
        .map(|action| (*action, action_text(&page, action), *action == query.action))
        .collect();
    let lines = lines_naming(&page, &records, &names);
    Ok(TrailPage { page, query, actions, lines, next })
}

fn next_url(query: &Query, before: i64) -> String {
    let coded = |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string();
    format!(
        "/audit?actor={}&action={}&subject={}&before={before}",
        coded(&query.actor),
        coded(&query.action),
        coded(&query.subject),
    )
}

/// PostgreSQL refuses a text with U+0000 in it.
fn plain(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_string()
}

/// People know a supplier by its number; anything else is taken for an id.
fn subject_of(c: &mut AnyConnection, typed: &str) -> Result<String, Error> {
    let digits = typed.strip_prefix("S-").or(typed.strip_prefix("s-"));
    let Some(Ok(number)) = digits.map(str::parse::<i64>) else {
        return Ok(typed.to_string());
    };
    let id: Option<String> = suppliers::table
        .filter(suppliers::number.eq(number))
        .select(suppliers::id)
        .first(c)
        .optional()?;
    Ok(id.unwrap_or_else(|| typed.to_string()))
}

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "audit/record.html")]
pub struct RecordPage {
    page: Page,
    line: Line,
    record: AuditRecord,
    details: String,
    is_whole: bool,
}

#[get("/audit/<sequence>")]
pub async fn record(
    page: Page,
    by: May<right::ReadAudit>,
    db: &State<Db>,
    sequence: i64,
) -> Result<RecordPage, Error> {
    let (record, names) = db
        .read(move |c| {
            let record = find(c, sequence)?;
            let names = Names::of(c, by.scope(), std::slice::from_ref(&record))?;
            Ok((record, names))
        })
        .await?;
    let details: serde_json::Value =
        serde_json::from_str(&record.details).unwrap_or(serde_json::Value::Null);
    Ok(RecordPage {
        line: line_of(&page, &record, &names),
        details: serde_json::to_string_pretty(&details)?,
        is_whole: record.compute_hash() == record.hash,
        page,
        record,
    })
}

/// What a verification found, as the page says it.
#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "audit/verification.html")]
pub struct VerificationPage {
    page: Page,
    verdict: Verdict,
    at: String,
}

impl VerificationPage {
    fn flaw_key(&self, flaw: &Flaw) -> &'static str {
        match flaw {
            Flaw::Missing => "audit-flaw-missing",
            Flaw::Unlinked => "audit-flaw-unlinked",
            Flaw::Altered => "audit-flaw-altered",
        }
    }
}

/// Only one verification at a time: it reads the whole trail.
static VERIFYING: AtomicBool = AtomicBool::new(false);

struct Turn;

impl Turn {
    fn take() -> Result<Turn, Error> {
        match VERIFYING.swap(true, Ordering::AcqRel) {
            true => Err(Error::Busy),
            false => Ok(Turn),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        VERIFYING.store(false, Ordering::Release);
    }
}

#[get("/audit/verification")]
pub async fn verification(
    page: Page,
    _by: May<right::ReadAudit>,
    db: &State<Db>,
) -> Result<VerificationPage, Error> {
    let _turn = Turn::take()?;
    let verdict = db.read(verify).await?;
    let at = now().format("%Y-%m-%d %H:%M:%S UTC").to_string();
    Ok(VerificationPage { page, verdict, at })
}

pub fn routes() -> Vec<Route> {
    routes![trail, record, verification]
}

#[cfg(test)]
mod tests {
    use super::ACTIONS;
    use crate::texts::Language;

    #[test]
    fn every_action_has_a_text_in_both_languages() {
        for action in ACTIONS {
            let key = format!("action-{}", action.replace('.', "-"));
            assert!(Language::ALL.iter().all(|l| l.texts().has(&key)), "{key}");
        }
    }
}
