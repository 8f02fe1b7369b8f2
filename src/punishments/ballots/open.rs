//! Somebody brings to the vote what is to follow from a case. Opening a ballot is a vote for it.

use diesel::dsl::max;
use diesel::prelude::*;
use serde_json::json;

use super::input::{Terms, needed, outcome_of};
use super::seats::may_vote;
use super::vote::cast;
use super::{Ballot, BallotInput, Kind, Outcome, Status, open_of, release};
use crate::access::{Actor, May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::punishments::cases::steps;
use crate::punishments::members;
use crate::punishments::standards::{Standard, find_standard};
use crate::punishments::{Case, StepKind, find};
use crate::schema::punishment_ballots;
use crate::values::{new_id, now};
use crate::vault::Vault;

/// What a form comes to.
struct Brought {
    outcome: Outcome,
    terms: Option<Terms>,
    grounds: String,
    departure: String,
    board_notice: String,
    /// That of the group that was looked at, "" where nobody had to.
    group_hash: String,
}

/// Opens a ballot. Refused: who brought the case, who decided it where its appeal is heard, a second ballot at a
/// time, a decision before the company was heard, a departure from the standard without a reason, a group that
/// is no longer what the form showed.
pub fn open(
    c: &mut AnyConnection,
    by: &May<right::DecidePunishments>,
    _vault: &Vault,
    case_id: &str,
    input: &BallotInput,
) -> Result<Ballot, Error> {
    let (case, _) = find(c, by.scope(), case_id)?;
    let standard = find_standard(c, &case.standard_id)?;
    let Some(kind) = Kind::parse(&input.ballot_kind) else {
        return Err(Problems::one("ballot_kind", "unknown_choice").into());
    };
    may_vote(c, by.actor(), &case, &standard, kind)?;
    may_open(c, &case, &standard, kind)?;
    let brought = read(c, by.actor(), (&case, &standard), (kind, input))?;
    let last: Option<i64> = punishment_ballots::table
        .filter(punishment_ballots::case_id.eq(case_id))
        .select(max(punishment_ballots::number))
        .first(c)?;
    let ballot = Ballot {
        id: new_id(),
        case_id: case_id.into(),
        number: last.unwrap_or(0) + 1,
        kind,
        outcome: brought.outcome,
        measure: brought.terms.map(|terms| terms.measure),
        orders: brought.terms.map(|terms| terms.orders),
        bars_data: brought.terms.is_some_and(|terms| terms.bars_data),
        term: brought.terms.and_then(|terms| terms.term),
        grounds: brought.grounds,
        departure: brought.departure,
        board_notice: brought.board_notice,
        group_hash: brought.group_hash,
        status: Status::Open,
        opened_by: by.actor().account_id.clone(),
        opened_name: by.actor().name.clone(),
        opened_at: now(),
        closed_at: None,
    };
    diesel::insert_into(punishment_ballots::table).values(&ballot).execute(c)?;
    cast(c, by.actor(), &ballot, true, &ballot.grounds)?;
    steps::add(c, by.actor(), case_id, StepKind::BallotOpened, &ballot.grounds, false)?;
    steps::log(c, by.actor(), "punishment.ballot_opened", &case, told(&ballot))?;
    Ok(ballot)
}

/// What the trail tells of a ballot.
pub(super) fn told(ballot: &Ballot) -> serde_json::Value {
    json!({
        "ballot": ballot.number,
        "ballot_kind": ballot.kind,
        "ballot_outcome": ballot.outcome,
        "decided_measure": ballot.measure,
        "decided_orders": ballot.orders,
        "decided_term": ballot.term,
        "ballot_grounds": ballot.grounds,
        "departure": ballot.departure,
        "board_notice": ballot.board_notice,
    })
}

/// Passes where a ballot of a kind may be opened now.
pub(super) fn may_open(
    c: &mut AnyConnection,
    case: &Case,
    standard: &Standard,
    kind: Kind,
) -> Result<(), Error> {
    let today = now().date();
    // An appeal is heard, also when a short measure has run out meanwhile.
    let status = if kind == Kind::Appeal { case.status } else { case.status_on(today) };
    if !kind.action().is_open(status) {
        return Err(Error::Conflict("conflict-punishment"));
    }
    if kind == Kind::Decision && !case.is_heard(today) {
        return Err(Error::Conflict("conflict-punishment-unheard"));
    }
    if kind == Kind::Release && !release::is_asked(c, case, standard, today)? {
        return Err(Error::Conflict("conflict-release-unasked"));
    }
    match open_of(c, &case.id)? {
        Some(_) => Err(Error::Conflict("conflict-ballot-open")),
        None => Ok(()),
    }
}

fn read(
    c: &mut AnyConnection,
    by: &Actor,
    (case, standard): (&Case, &Standard),
    (kind, input): (Kind, &BallotInput),
) -> Result<Brought, Error> {
    let mut problems = Problems::default();
    let outcome = outcome_of(input, kind, &mut problems);
    let imposes = outcome.is_some_and(Outcome::imposes);
    let terms = if imposes { Terms::read(input, &mut problems) } else { None };
    let grounds = needed("ballot_grounds", &input.ballot_grounds, &mut problems);
    let mut departure = input.departure.trim().to_string();
    match terms.is_some_and(|terms| terms.departs(standard)) {
        true if departure.is_empty() => {
            problems.add(Problem::new("departure", "ballot_departure"));
        }
        true => {}
        false => departure.clear(),
    }
    if let Some(terms) = terms.filter(|_| kind == Kind::Appeal) {
        problems.0.extend(heavier(case, &terms));
    }
    let tells = kind == Kind::Decision && standard.body.tells_board();
    let board_notice = match tells {
        true => needed("board_notice", &input.board_notice, &mut problems),
        false => String::new(),
    };
    let group_hash = match outcome {
        Some(Outcome::Impose) => group_of(c, by, (case, standard), input, &mut problems)?,
        _ => String::new(),
    };
    match outcome.filter(|_| problems.is_empty()) {
        Some(outcome) => {
            Ok(Brought { outcome, terms, grounds, departure, board_notice, group_hash })
        }
        None => Err(problems.into()),
    }
}

/// Why an appeal may not come to these terms: it does no harm to who appeals.
fn heavier(case: &Case, terms: &Terms) -> Option<Problem> {
    let (from_on, appeal_by) = (case.from_on?, case.appeal_by?);
    let why = terms.eases(case, terms.ends(from_on, appeal_by)).err()?;
    let field = if why == "ballot_heavier" { "decided_measure" } else { "ballot_outcome" };
    Some(Problem::new(field, why))
}

/// Writes down what was chosen for the group, as long as it is still the one that the form showed; its hash.
fn group_of(
    c: &mut AnyConnection,
    by: &Actor,
    (case, standard): (&Case, &Standard),
    input: &BallotInput,
    problems: &mut Problems,
) -> Result<String, Error> {
    let preview = members::preview(c, case, standard)?;
    if preview.hash != input.group_hash.trim() {
        problems.add(Problem::new("group_hash", "ballot_group_changed"));
        return Ok(preview.hash);
    }
    match members::choose(c, by, case, &preview, &input.choices) {
        Err(Error::Invalid(found)) => problems.0.extend(found.0),
        chosen => chosen?,
    }
    Ok(preview.hash)
}
