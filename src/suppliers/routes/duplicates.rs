//! The queue of companies that may be one, and what is decided about them.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::FromForm;
use rocket::http::RawStr;
use rocket::{Route, State, get, post, routes};
use serde::Deserialize;
use validator::Validate;

use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::page::paging::Cursor;
use crate::page::{Form, Go, Page, Submitted};
use crate::regions::{self, Scheme};
use crate::suppliers::duplicates::{self, Asked, Decision, MOST_AT_ONCE, Pair, Side};
use crate::suppliers::merges;
use crate::suppliers::query::DEFAULT_SCHEME;

pub(super) fn routes() -> Vec<Route> {
    routes![queue, show, keep_apart, preview, decide]
}

/// The filters of the address.
#[derive(Clone, Debug, Default, FromForm)]
pub struct QueueQuery {
    /// Code of a region of the default scheme.
    region: Option<String>,
    /// The lowest score, in percent.
    least: Option<i64>,
    /// Id of the import that one of the two came with.
    import: Option<String>,
    after: Option<String>,
}

impl QueueQuery {
    fn asked(&self, scheme: &Scheme) -> Asked {
        let set = |field: &Option<String>| field.clone().filter(|value| !value.is_empty());
        Asked {
            areas: set(&self.region).map(|region| scheme.areas_of(&region)),
            import: set(&self.import),
            least: self.least.unwrap_or_default().clamp(0, 100) * 10,
            after: self.after.as_deref().and_then(Cursor::decode),
        }
    }

    fn is_narrowed(&self) -> bool {
        let is_set = |field: &Option<String>| field.as_ref().is_some_and(|v| !v.is_empty());
        is_set(&self.region) || is_set(&self.import) || self.least.is_some_and(|least| least > 0)
    }

    /// The address of the page after `cursor`.
    fn next(&self, cursor: &Cursor) -> String {
        let texts = [("region", &self.region), ("import", &self.import)];
        let mut parts: Vec<String> = texts
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_ref()?)))
            .map(|(name, value)| format!("{name}={}", RawStr::new(value).percent_encode()))
            .collect();
        parts.extend(self.least.map(|least| format!("least={least}")));
        parts.push(format!("after={}", cursor.encode()));
        format!("/duplicates?{}", parts.join("&"))
    }
}

/// Two companies beside each other.
pub(super) struct Beside {
    pub pair: Pair,
    pub first: Side,
    pub second: Side,
}

impl Beside {
    fn of(pair: Pair, sides: &HashMap<String, Side>) -> Option<Beside> {
        let first = sides.get(&pair.first_id)?.clone();
        let second = sides.get(&pair.second_id)?.clone();
        Some(Beside { pair, first, second })
    }

    fn load(c: &mut AnyConnection, pairs: Vec<Pair>) -> Result<Vec<Beside>, Error> {
        let ids: Vec<&str> =
            pairs.iter().flat_map(|pair| [pair.first_id.as_str(), &pair.second_id]).collect();
        let sides = duplicates::sides(c, &ids)?;
        Ok(pairs.into_iter().filter_map(|pair| Beside::of(pair, &sides)).collect())
    }

    /// The company that is proposed to stay: the one of which more is known.
    fn proposed(&self) -> &Side {
        if self.second.weight() > self.first.weight() { &self.second } else { &self.first }
    }

    fn other(&self, side: &Side) -> &Side {
        if side.id == self.first.id { &self.second } else { &self.first }
    }

    fn sides(&self) -> [&Side; 2] {
        [&self.first, &self.second]
    }

    fn seen(&self) -> String {
        duplicates::seen(&self.pair, (self.first.revision, self.second.revision))
    }
}

/// "96.4" of 964 thousandths.
fn percent(score: i64) -> String {
    format!("{}.{}", score / 10, score % 10)
}

/// What speaks for and against a pair, in words.
fn reasons(page: &Page, pair: &Pair) -> String {
    let texts = pair.reasons().into_iter().map(|reason| page.tk("reason", reason.as_str()));
    texts.collect::<Vec<_>>().join(" · ")
}

fn name(page: &Page, side: &Side) -> String {
    page.pick(&side.english_name, &side.legal_name).to_string()
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/duplicates.html")]
struct QueuePage {
    page: Page,
    pairs: Vec<Beside>,
    query: QueueQuery,
    scheme: std::borrow::Cow<'static, Scheme>,
    next: Option<String>,
}

#[get("/duplicates?<query..>")]
async fn queue(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: QueueQuery,
) -> Result<QueuePage, Error> {
    db.read(move |c| {
        let scheme = regions::find_scheme(c, DEFAULT_SCHEME)?;
        let (pairs, next) = duplicates::page(c, may.scope(), &query.asked(&scheme))?;
        let next = next.map(|cursor| query.next(&cursor));
        Ok(QueuePage { pairs: Beside::load(c, pairs)?, page, query, scheme, next })
    })
    .await
}

/// One pair: what would move if they are one company.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/pair.html")]
pub(super) struct PairPage {
    page: Page,
    beside: Beside,
    /// Why they cannot be merged: the key of a text.
    obstacle: Option<&'static str>,
    form: Form,
}

impl PairPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        pair: Pair,
        form: Form,
    ) -> Result<PairPage, Error> {
        let obstacle = merges::obstacle_between(c, &pair.first_id, &pair.second_id)?;
        let beside = Beside::load(c, vec![pair])?.pop().ok_or(Error::NotFound)?;
        Ok(PairPage { page, beside, obstacle, form })
    }

    fn choices(&self) -> Vec<(String, String, bool)> {
        let typed = self.form.value("kept");
        let chosen = if typed.is_empty() { &self.beside.proposed().id } else { typed };
        let choice = |side: &Side| {
            let other = self.beside.other(side);
            let args = [("kept", side.code()), ("gone", other.code())];
            let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let text = self.page.ta("merge-keeps", &args);
            (side.id.clone(), format!("{text} {}", name(&self.page, side)), side.id == chosen)
        };
        self.beside.sides().map(choice).into()
    }
}

#[get("/duplicates/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<PairPage, Error> {
    db.read(move |c| {
        let pair = duplicates::find(c, may.scope(), &id)?;
        PairPage::load(c, page, pair, Form::empty())
    })
    .await
}

/// Why two companies are two.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct Apart {
    #[validate(length(max = 500))]
    reason: String,
}

#[post("/duplicates/<id>/apart", data = "<form>")]
async fn keep_apart(
    may: May<right::DecideDuplicates>,
    db: &State<Db>,
    id: String,
    form: Submitted<Apart>,
) -> Result<Go, Error> {
    let input = form.input()?;
    db.write(move |c| duplicates::keep_apart(c, &may, &id, &input.reason)).await?;
    Ok(Go::to("/duplicates").saying("done-pair-apart", ""))
}

/// Pairs chosen in the queue, and what is to become of them.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct Chosen {
    pairs: Vec<String>,
    action: String,
}

/// What would become of one of the pairs chosen.
struct Planned {
    beside: Beside,
    obstacle: Option<&'static str>,
    decision: Decision,
}

impl Planned {
    /// The company that stays and the one that goes into it, `None` for two that stay apart.
    fn merged(&self) -> Option<(&Side, &Side)> {
        let kept = self.beside.sides().into_iter().find(|side| side.id == self.decision.kept)?;
        Some((kept, self.beside.other(kept)))
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/decisions.html")]
struct DecisionsPage {
    page: Page,
    merges: bool,
    planned: Vec<Planned>,
}

impl DecisionsPage {
    /// Decisions that can be carried out.
    fn possible(&self) -> Vec<&Planned> {
        self.planned.iter().filter(|planned| planned.obstacle.is_none()).collect()
    }
}

#[post("/duplicates/preview", data = "<form>")]
async fn preview(
    may: May<right::DecideDuplicates>,
    page: Page,
    db: &State<Db>,
    form: Submitted<Chosen>,
) -> Result<DecisionsPage, Error> {
    let chosen = form.input()?;
    if chosen.pairs.is_empty() || chosen.pairs.len() > MOST_AT_ONCE {
        return Err(Problems::one("pairs", "pairs_chosen").into());
    }
    let merges = chosen.action == "merge";
    db.read(move |c| {
        let mut pairs = Vec::new();
        for id in &chosen.pairs {
            pairs.push(duplicates::find(c, may.scope(), id)?);
        }
        let mut planned = Vec::new();
        for beside in Beside::load(c, pairs)? {
            let kept = if merges { beside.proposed().id.clone() } else { String::new() };
            let obstacle = match merges {
                true => merges::obstacle_between(c, &beside.first.id, &beside.second.id)?,
                false => None,
            };
            let decision = Decision { pair: beside.pair.id.clone(), kept, seen: beside.seen() };
            planned.push(Planned { beside, obstacle, decision });
        }
        Ok(DecisionsPage { page, merges, planned })
    })
    .await
}

/// Decisions as they were shown.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct Decisions {
    decisions: Vec<String>,
    #[validate(length(max = 500))]
    reason: String,
}

#[post("/duplicates/decisions", data = "<form>")]
async fn decide(
    may: May<right::DecideDuplicates>,
    db: &State<Db>,
    form: Submitted<Decisions>,
) -> Result<Go, Error> {
    let input = form.input()?;
    let decisions: Option<Vec<Decision>> =
        input.decisions.iter().map(|text| Decision::read(text)).collect();
    let decisions = decisions.ok_or_else(|| Problems::one("pairs", "unreadable"))?;
    let count = decisions.len().to_string();
    db.write(move |c| duplicates::decide_all(c, &may, &decisions, &input.reason)).await?;
    Ok(Go::to("/duplicates").saying("done-pairs-decided", &count))
}
