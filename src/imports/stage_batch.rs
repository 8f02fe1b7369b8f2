//! A batch of rows, matched and set down for a person to look over.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::draft::Draft;
use super::matching::{self, Known, Target, site_key};
use super::{Counts, Outcome};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::on_both;
use crate::schema::{import_categories, import_contacts, import_identifiers, import_rows};
use crate::suppliers::Stage;
use crate::suppliers::place::PlaceStatus;
use crate::suppliers::sites::SiteKind;
use crate::values::new_id;

/// Rows of one statement: SQLite takes 32,766 values, and a row has 29.
const STATEMENT: usize = 500;

/// What one batch hands on to the next.
#[derive(Clone)]
pub struct Staging {
    pub import_id: String,
    pub file_name: String,
    pub each_row: bool,
    pub since: NaiveDateTime,
    pub scope: Scope,
    pub counts: Counts,
}

#[derive(Insertable)]
#[diesel(table_name = import_rows)]
struct StagedRow {
    import_id: String,
    row_number: i64,
    outcome: Outcome,
    match_key: String,
    site_key: i64,
    supplier_id: String,
    supplier_ordinal: i64,
    first_row: i64,
    site_id: String,
    uscc: String,
    problems: String,
    legal_name: String,
    english_name: String,
    sort_key: String,
    search_text: String,
    stage: Stage,
    since: NaiveDateTime,
    industry: String,
    website: String,
    note: String,
    site_kind: SiteKind,
    site_name: String,
    address: String,
    country: String,
    area: String,
    city: String,
    place_status: PlaceStatus,
    place_reason: String,
    place_candidates: String,
}

#[derive(Insertable)]
#[diesel(table_name = import_identifiers)]
struct StagedIdentifier {
    import_id: String,
    kind: String,
    value: String,
    id: String,
    row_number: i64,
    supplier_id: String,
    doubtful: i64,
    evidence: String,
}

#[derive(Insertable)]
#[diesel(table_name = import_contacts)]
struct StagedContact {
    id: String,
    import_id: String,
    supplier_id: String,
    name: String,
    email: String,
    phone_sealed: String,
    phone_hint: String,
}

#[derive(Insertable)]
#[diesel(table_name = import_categories)]
struct StagedCategory {
    import_id: String,
    row_number: i64,
    supplier_id: String,
    category_id: String,
}

#[derive(Default)]
struct Staged {
    rows: Vec<StagedRow>,
    identifiers: Vec<StagedIdentifier>,
    contacts: Vec<StagedContact>,
    categories: Vec<StagedCategory>,
}

impl Staging {
    /// Matches and sets down a batch.
    pub fn stage(&mut self, c: &mut AnyConnection, mut drafts: Vec<Draft>) -> Result<(), Error> {
        let mut known = matching::look_up(c, &self.import_id, &drafts)?;
        let mut staged = Staged::default();
        let targets: Vec<Target> =
            drafts.iter_mut().map(|draft| self.aim(&mut known, &mut staged, draft)).collect();
        let sites: Vec<i64> = drafts.iter().zip(&targets).map(site_of).collect();
        let mut taken = matching::staged_sites(c, &self.import_id, &sites)?;
        let mut met = self.met_before(c, &targets)?;
        for ((draft, target), site) in drafts.into_iter().zip(targets).zip(sites) {
            let outcome = outcome(&known, &draft, &target, site, &mut taken);
            let is_unresolved = draft.located.status == PlaceStatus::Unresolved;
            self.counts.add(outcome, is_unresolved);
            if let Target::Registered(id) = &target {
                self.counts.suppliers_matched += i64::from(!met.contains(&registered_key(id)));
            }
            let first_row = known.first_row(&target);
            self.set_down(&mut staged, draft, &target, (outcome, site, first_row), &mut met);
        }
        staged.insert(c)
    }

    /// Finds what a row means, and claims its identifiers for a company that is new.
    fn aim(&self, known: &mut Known, staged: &mut Staged, draft: &mut Draft) -> Target {
        if let Some(problem) = draft.problems.0.first() {
            return Target::Refused(problem.clone());
        }
        let mut target = known.target(draft, &self.scope, self.each_row);
        if let Target::New(id) | Target::Earlier(id) = &target {
            match known.taken_identifier(draft, id, &self.scope) {
                Some(problem) => target = Target::Refused(problem),
                None => {
                    known.learn(draft, id);
                    self.claim(known, staged, draft, id);
                }
            }
        }
        if let Target::Refused(problem) = &target {
            draft.problems.add(problem.clone());
        }
        target
    }

    fn claim(&self, known: &mut Known, staged: &mut Staged, draft: &Draft, supplier_id: &str) {
        for given in &draft.identifiers {
            let code = (given.kind.as_str().to_string(), given.value.clone());
            if known.by_code.contains_key(&code) {
                continue;
            }
            let source = format!("{}, row {}", self.file_name, draft.row_number);
            staged.identifiers.push(StagedIdentifier {
                import_id: self.import_id.clone(),
                kind: code.0.clone(),
                value: code.1.clone(),
                id: new_id(),
                row_number: draft.row_number,
                supplier_id: supplier_id.into(),
                doubtful: i64::from(given.doubtful),
                evidence: if given.doubtful { source } else { String::new() },
            });
            known.by_code.insert(code, supplier_id.into());
        }
    }

    /// The match keys of registered suppliers that earlier batches have named.
    fn met_before(
        &self,
        c: &mut AnyConnection,
        targets: &[Target],
    ) -> Result<HashSet<String>, Error> {
        let registered = targets.iter().filter_map(|target| match target {
            Target::Registered(id) => Some(registered_key(id)),
            _ => None,
        });
        let keys: HashSet<String> = registered.collect();
        let keys: Vec<String> = keys.into_iter().collect();
        matching::suppliers_matched_before(c, &self.import_id, &keys)
    }

    fn set_down(
        &self,
        staged: &mut Staged,
        draft: Draft,
        target: &Target,
        (outcome, site, first_row): (Outcome, i64, i64),
        met: &mut HashSet<String>,
    ) {
        let supplier_id = match target {
            Target::Registered(id) | Target::Earlier(id) | Target::New(id) => id.clone(),
            Target::Refused(_) => String::new(),
        };
        // Only the rows that are looked for later carry a key: however often a list repeats
        // itself, a look-up finds each company and each site once.
        let match_key = match target {
            Target::New(_) => draft.name_key.clone(),
            Target::Registered(id) if met.insert(registered_key(id)) => registered_key(id),
            _ => String::new(),
        };
        if matches!(target, Target::New(_) | Target::Earlier(_)) {
            self.set_down_parts(staged, &draft, &supplier_id);
        }
        let is_new = outcome == Outcome::New;
        let kind = if is_new { SiteKind::RegisteredOffice } else { SiteKind::Other };
        staged.rows.push(StagedRow {
            import_id: self.import_id.clone(),
            row_number: draft.row_number,
            outcome,
            match_key,
            site_key: if outcome.adds_site() { site } else { 0 },
            supplier_id,
            supplier_ordinal: if is_new { self.counts.suppliers_new } else { 0 },
            first_row,
            site_id: new_id(),
            uscc: draft.uscc().to_string(),
            problems: problems_text(&draft.problems),
            legal_name: draft.legal_name,
            english_name: draft.english_name,
            sort_key: draft.sort_key,
            search_text: if is_new { draft.search_text } else { String::new() },
            stage: draft.stage,
            since: draft.since.unwrap_or(self.since),
            industry: draft.industry,
            website: draft.website,
            note: draft.note,
            site_kind: draft.site_kind.unwrap_or(kind),
            site_name: draft.site_name,
            address: draft.address,
            country: draft.located.country,
            area: draft.located.area,
            city: draft.located.city,
            place_status: draft.located.status,
            place_reason: draft.located.reason,
            place_candidates: draft.located.candidates,
        });
    }

    fn set_down_parts(&self, staged: &mut Staged, draft: &Draft, supplier_id: &str) {
        let categories = draft.categories.iter().map(|category_id| StagedCategory {
            import_id: self.import_id.clone(),
            row_number: draft.row_number,
            supplier_id: supplier_id.into(),
            category_id: category_id.clone(),
        });
        staged.categories.extend(categories);
        let contact = draft.contact.as_ref().map(|person| StagedContact {
            id: person.id.clone(),
            import_id: self.import_id.clone(),
            supplier_id: supplier_id.into(),
            name: person.name.clone(),
            email: person.email.clone(),
            phone_sealed: person.phone_sealed.clone(),
            phone_hint: person.phone_hint.clone(),
        });
        staged.contacts.extend(contact);
    }
}

/// The key under which a registered supplier is found among the rows. "=" is in no name's key.
fn registered_key(id: &str) -> String {
    format!("={id}")
}

fn site_of((draft, target): (&Draft, &Target)) -> i64 {
    match target {
        Target::Registered(id) | Target::Earlier(id) | Target::New(id) => {
            site_key(id, &draft.site_mark)
        }
        Target::Refused(_) => 0,
    }
}

fn outcome(
    known: &Known,
    draft: &Draft,
    target: &Target,
    site: i64,
    taken: &mut HashSet<i64>,
) -> Outcome {
    match target {
        Target::Refused(_) => Outcome::Error,
        Target::New(_) => {
            taken.insert(site);
            Outcome::New
        }
        Target::Registered(id) => {
            if known.has_site(draft, id) || known.adds_no_place(draft, id) {
                Outcome::Matches
            } else if taken.insert(site) {
                Outcome::MatchesSite
            } else {
                Outcome::Duplicate
            }
        }
        Target::Earlier(id) => {
            let is_place = draft.is_site() || !known.adds_no_place(draft, id);
            if is_place && taken.insert(site) { Outcome::Site } else { Outcome::Duplicate }
        }
    }
}

fn problems_text(problems: &Problems) -> String {
    if problems.is_empty() {
        return String::new();
    }
    serde_json::to_string(&problems.0).unwrap_or_default()
}

impl Staged {
    fn insert(&self, c: &mut AnyConnection) -> Result<(), Error> {
        for part in self.rows.chunks(STATEMENT) {
            on_both!(c, c => diesel::insert_into(import_rows::table).values(part).execute(c))?;
        }
        for part in self.identifiers.chunks(STATEMENT) {
            on_both!(c, c => diesel::insert_into(import_identifiers::table).values(part).execute(c))?;
        }
        for part in self.contacts.chunks(STATEMENT) {
            on_both!(c, c => diesel::insert_into(import_contacts::table).values(part).execute(c))?;
        }
        for part in self.categories.chunks(STATEMENT) {
            on_both!(c, c => diesel::insert_into(import_categories::table).values(part).execute(c))?;
        }
        Ok(())
    }
}
