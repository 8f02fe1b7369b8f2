//! Ballots on the page of a case, and the company's rights on its page of the case.

use chrono::NaiveDate;

use super::open::may_open;
use super::seats::{Seats, bar};
use super::{Ballot, Kind, Outcome, Status, Vote, appeal, reenter, release};
use crate::access::{Actor, Member, Right, Role};
use crate::db::AnyConnection;
use crate::documents::check::ACCEPTED;
use crate::error::Error;
use crate::page::{Form, Page};
use crate::punishments::members;
use crate::punishments::stages::Action;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Measure, Orders};
use crate::values::{forever, now};

/// The ballot that people vote on now.
pub struct Open {
    pub ballot: Ballot,
    pub votes: Vec<Vote>,
    /// Roles of which somebody still has to agree.
    pub missing: Vec<Role>,
    /// People who still have to agree, at least.
    pub left: i64,
    pub has_voted: bool,
    /// Why the reader may not vote, the key of the text, "" without the right; none for who may.
    pub bar: Option<&'static str>,
}

/// Ballots of a case, as staff see them.
pub struct Shown {
    pub case: Case,
    pub standard: Standard,
    pub open: Option<Open>,
    /// The newest first.
    pub past: Vec<(Ballot, Vec<Vote>)>,
    /// What the reader may bring to the vote now.
    pub kinds: Vec<Kind>,
    /// Why the reader may not bring what others may, the key of the text.
    pub bar: Option<&'static str>,
    pub may_reenter: bool,
    pub wants_certification: bool,
}

impl Shown {
    /// What a reader sees of the ballots of a case.
    pub fn load(
        c: &mut AnyConnection,
        actor: &Actor,
        case: &Case,
        standard: &Standard,
    ) -> Result<Shown, Error> {
        let votes = actor.role.may(Right::DecidePunishments);
        let (mut open, mut past) = (None, Vec::new());
        for (ballot, cast) in super::of(c, &case.id)? {
            match ballot.status {
                Status::Open => open = Some((ballot, cast)),
                _ => past.push((ballot, cast)),
            }
        }
        past.reverse();
        let (mut kinds, mut why) = (Vec::new(), None);
        for kind in Kind::ALL.iter().copied().filter(|_| votes) {
            match may_open(c, case, standard, kind) {
                Ok(()) => match bar(c, actor, case, standard, kind)? {
                    Some(key) => why = Some(key),
                    None => kinds.push(kind),
                },
                Err(Error::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let open = match open {
            Some((ballot, cast)) => Some(Open::load(c, actor, (case, standard), ballot, cast)?),
            None => None,
        };
        let is_over = Action::Reenter.is_open(case.status);
        Ok(Shown {
            may_reenter: is_over
                && reenter::ROLES.contains(&actor.role)
                && !reenter::is_back(c, &case.id)?,
            wants_certification: super::ends::wants_certification(case, standard),
            case: case.clone(),
            standard: standard.clone(),
            bar: why.filter(|_| kinds.is_empty()),
            open,
            past,
            kinds,
        })
    }

    /// The one kind that the reader may bring, "" where there are several or none.
    pub fn only_kind(&self) -> &'static str {
        match self.kinds.as_slice() {
            [kind] => kind.as_str(),
            _ => "",
        }
    }

    /// The kinds that the reader may bring.
    pub fn kind_choices(&self, page: &Page, form: &Form) -> Vec<(&'static str, String, bool)> {
        let typed = form.value("ballot_kind");
        let choice = |kind: &Kind| {
            (kind.as_str(), page.tk("ballot-kind", kind.as_str()), kind.as_str() == typed)
        };
        self.kinds.iter().map(choice).collect()
    }

    /// What can be voted for.
    pub fn outcome_choices(&self, page: &Page, form: &Form) -> Vec<(&'static str, String, bool)> {
        let typed = form.value("ballot_outcome");
        let outcomes = self.kinds.first().map(|kind| kind.outcomes()).unwrap_or_default();
        let choice = |(at, one): (usize, &Outcome)| {
            let is_chosen = one.as_str() == typed || typed.is_empty() && at == 0;
            (one.as_str(), page.tk("ballot-outcome", one.as_str()), is_chosen)
        };
        outcomes.iter().enumerate().map(choice).collect()
    }

    /// Whether a measure is named in what the reader may bring.
    pub fn names_measure(&self) -> bool {
        self.kinds.iter().any(|kind| kind.outcomes().iter().any(|one| one.imposes()))
    }

    /// The measures, with that of the standard, or the one that holds, chosen.
    pub fn measures(&self, page: &Page, form: &Form) -> Vec<(&'static str, String, bool)> {
        let usual = self.case.measure.unwrap_or(self.standard.measure).as_str();
        let chosen = self.typed(form, "decided_measure", usual);
        let choice = |one: &Measure| {
            (one.as_str(), page.tk("punishment-measure", one.as_str()), one.as_str() == chosen)
        };
        Measure::ALL.iter().map(choice).collect()
    }

    /// What is done to orders, with that of the standard, or the one that holds, chosen.
    pub fn orders(&self, page: &Page, form: &Form) -> Vec<(&'static str, String, bool)> {
        let usual = self.case.orders.unwrap_or(self.standard.orders).as_str();
        let chosen = self.typed(form, "decided_orders", usual);
        let choice = |one: &Orders| {
            (one.as_str(), page.tk("punishment-orders", one.as_str()), one.as_str() == chosen)
        };
        Orders::ALL.iter().map(choice).collect()
    }

    /// Months, as typed or as the standard begins.
    pub fn term(&self, form: &Form) -> String {
        let usual = match self.usually_endless() {
            true => String::new(),
            false => self.standard.term_from.to_string(),
        };
        self.typed(form, "decided_term", &usual).to_string()
    }

    /// Whether the measure has no end.
    pub fn is_endless(&self, form: &Form) -> bool {
        self.typed(form, "decided_endless", if self.usually_endless() { "on" } else { "" }) == "on"
    }

    /// Whether access to our data ends.
    pub fn bars_data(&self, form: &Form) -> bool {
        let usual = match self.case.measure {
            Some(_) => self.case.bars_data,
            None => self.standard.bars_data,
        };
        self.typed(form, "decided_bars_data", if usual { "on" } else { "" }) == "on"
    }

    fn usually_endless(&self) -> bool {
        match self.case.to_on {
            Some(day) => day >= forever().date(),
            None => self.standard.term_to.is_none(),
        }
    }

    /// What was typed in a field of a ballot's form, or the usual where nobody has sent one.
    fn typed<'a>(&self, form: &'a Form, field: &str, usual: &'a str) -> &'a str {
        if form.value("ballot_kind").is_empty() { usual } else { form.value(field) }
    }

    /// Whether the form tells how the board was told.
    pub fn tells_board(&self) -> bool {
        self.standard.body.tells_board() && self.kinds.contains(&Kind::Decision)
    }

    /// What the standard lays down: the measure, the term, what is done to orders.
    pub fn standard_terms(&self, page: &Page) -> String {
        let measure = page.tk("punishment-measure", self.standard.measure.as_str());
        let orders = page.tk("punishment-orders", self.standard.orders.as_str());
        let term = self.standard_term(page);
        page.ta("ballot-terms", &[("measure", &measure), ("orders", &orders), ("term", &term)])
    }

    /// "12 to 24 months".
    fn standard_term(&self, page: &Page) -> String {
        let from = self.standard.term_from.to_string();
        match self.standard.term_to {
            None => page.ta("ballot-term-endless", &[("from", &from)]),
            Some(to) if to == self.standard.term_from => {
                page.ta("ballot-term-exactly", &[("months", &from)])
            }
            Some(to) => {
                let to = to.to_string();
                page.ta("ballot-term-between", &[("from", &from), ("to", &to)])
            }
        }
    }

    /// Companies of the group that were not on the form that was sent.
    pub fn joined(&self, form: &Form, group: &members::Shown) -> Vec<String> {
        if form.value("group_hash").is_empty() {
            return Vec::new();
        }
        let now = group.preview.iter().flat_map(|group| &group.members);
        let new = now.filter(|one| !form.has("member", &one.supplier.id));
        new.map(|one| one.supplier.legal_name.clone()).collect()
    }

    /// Companies of the form that was sent that are in the group no more.
    pub fn gone(&self, form: &Form, group: &members::Shown) -> Vec<String> {
        let now: Vec<&str> = group
            .preview
            .iter()
            .flat_map(|group| &group.members)
            .map(|one| one.supplier.id.as_str())
            .collect();
        let sent = form.all("member").into_iter().zip(form.all("member_name"));
        sent.filter(|(id, _)| !now.contains(id)).map(|(_, name)| name.to_string()).collect()
    }

    /// What a ballot imposes, in a sentence; "" where it imposes nothing.
    pub fn terms(&self, page: &Page, ballot: &Ballot) -> String {
        let (Some(measure), Some(orders)) = (ballot.measure, ballot.orders) else {
            return String::new();
        };
        let term = match ballot.term {
            Some(months) => page.tn("ballot-months", months),
            None => page.t("ballot-no-end").to_string(),
        };
        let measure = page.tk("punishment-measure", measure.as_str());
        let orders = page.tk("punishment-orders", orders.as_str());
        page.ta("ballot-terms", &[("measure", &measure), ("orders", &orders), ("term", &term)])
    }

    /// Whether nobody was against a ballot that failed: what it was about had changed.
    pub fn failed_for_group(&self, ballot: &Ballot, votes: &[Vote]) -> bool {
        ballot.status == Status::Failed && votes.iter().all(|vote| vote.agrees)
    }

    /// Roles as a list in the reader's language.
    pub fn roles(&self, page: &Page, roles: &[Role]) -> String {
        let names = roles.iter().map(|role| page.tk("role", role.as_str()));
        names.collect::<Vec<_>>().join(page.t("audit-list-comma"))
    }

    /// Why the reader may not bring to the vote what others may.
    pub fn why_not(&self, page: &Page) -> Option<String> {
        self.bar.map(|key| page.t(key).to_string())
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.open.is_none()
            && self.past.is_empty()
            && self.kinds.is_empty()
            && self.bar.is_none()
            && !self.may_reenter
    }
}

impl Open {
    fn load(
        c: &mut AnyConnection,
        actor: &Actor,
        (case, standard): (&Case, &Standard),
        ballot: Ballot,
        votes: Vec<Vote>,
    ) -> Result<Open, Error> {
        let seats = Seats::of(c, case, standard, ballot.kind)?;
        let why = match actor.role.may(Right::DecidePunishments) {
            true => bar(c, actor, case, standard, ballot.kind)?,
            false => Some(""),
        };
        Ok(Open {
            missing: seats.missing(&votes),
            left: seats.left(&votes) as i64,
            has_voted: votes.iter().any(|vote| vote.account_id == actor.account_id),
            bar: why,
            ballot,
            votes,
        })
    }

    /// Whether the reader has a vote to give.
    pub fn may_vote(&self) -> bool {
        self.bar.is_none() && !self.has_voted
    }

    /// Why the reader may not vote, where others with the same right may.
    pub fn why_not(&self, page: &Page) -> Option<String> {
        self.bar.filter(|key| !key.is_empty()).map(|key| page.t(key).to_string())
    }

    /// The two ways to vote.
    pub fn choices(&self, page: &Page, form: &Form) -> Vec<(&'static str, String, bool)> {
        let choice =
            |one: &'static str| (one, page.tk("ballot-vote", one), form.value("vote") == one);
        ["for", "against"].map(choice).into()
    }
}

/// What a company may do about its measure.
pub struct PortalRights {
    pub case_id: String,
    /// The last day to appeal, while it may.
    pub appeal_by: Option<NaiveDate>,
    /// The last day on which its appeal is heard, while it waits for that.
    pub hear_by: Option<NaiveDate>,
    /// The first day on which it may ask for an early end.
    pub release_from: Option<NaiveDate>,
    /// Whether it may ask for an early end today.
    pub may_release: bool,
    /// Whether it has asked, and waits.
    pub has_asked: bool,
    /// Whether a measure holds it.
    pub is_held: bool,
}

impl PortalRights {
    /// What a company may do about a case today.
    pub fn load(
        c: &mut AnyConnection,
        _member: &Member,
        case: &Case,
        standard: &Standard,
    ) -> Result<PortalRights, Error> {
        let today = now().date();
        let may_appeal = appeal::obstacle(case, today).is_none();
        let release = release::obstacle(c, case, standard, today)?;
        let is_heard = Action::Hear.is_open(case.status);
        Ok(PortalRights {
            case_id: case.id.clone(),
            appeal_by: case.appeal_by.filter(|_| may_appeal),
            hear_by: case.hear_by.filter(|_| is_heard),
            release_from: release::release_from(case, standard),
            may_release: release.is_none() && !may_appeal,
            has_asked: release == Some("conflict-release-asked"),
            is_held: case.holds_on(today),
        })
    }

    /// The last day on which its appeal is heard, while it waits for that.
    pub fn day_of_hear(&self, page: &Page) -> Option<String> {
        self.hear_by.map(|day| page.day(day))
    }

    /// The last day to appeal, while it may.
    pub fn day_of_appeal(&self, page: &Page) -> Option<String> {
        self.appeal_by.map(|day| page.day(day))
    }

    /// The first day on which it may ask for an early end.
    pub fn day_of_release(&self, page: &Page) -> Option<String> {
        self.release_from.map(|day| page.day(day))
    }

    /// The endings of files that are taken.
    pub fn accepted(&self) -> &'static str {
        ACCEPTED
    }
}
