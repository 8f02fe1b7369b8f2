//! Which supplier a row means. Whatever the register and the rows read so far know about a batch
//! is looked up at once, never row by row.

mod lookup;

use std::collections::{HashMap, HashSet};

use sha2::Digest;

use super::draft::Draft;
use crate::access::Scope;
use crate::error::Problem;
use crate::regions::country_of_area;
use crate::suppliers::columns::Field;
use crate::suppliers::identifiers::Kind;
use crate::values::new_id;

pub use lookup::{is_wanted, look_up, staged_sites, suppliers_matched_before};

/// A supplier of the register that a row may mean.
#[derive(Clone, Debug)]
pub struct Company {
    pub id: String,
    pub area: String,
    pub usccs: Vec<String>,
    /// In the register already, rather than new in this file.
    pub is_registered: bool,
    /// The row that brings it, 0 for one in the register.
    pub first_row: i64,
}

/// Kind and value of an identifier.
pub type Code = (String, String);

/// What is known about the companies that a batch may mean.
#[derive(Default)]
pub struct Known {
    pub companies: HashMap<String, Company>,
    pub by_name: HashMap<String, Vec<String>>,
    pub by_code: HashMap<Code, String>,
    /// Sites of registered companies, by id and by address.
    pub sites: HashSet<i64>,
}

/// What a row means.
#[derive(Clone, Debug)]
pub enum Target {
    /// A supplier of the register.
    Registered(String),
    /// A supplier that an earlier row brought.
    Earlier(String),
    /// A company not met before, under its new id.
    New(String),
    Refused(Problem),
}

/// The number under which a site of a supplier is found again by its id or its address: 64 bits
/// of SHA-256.
pub fn site_key(supplier_id: &str, mark: &str) -> i64 {
    let mut hash = sha2::Sha256::new();
    hash.update(supplier_id);
    hash.update("\n");
    hash.update(mark);
    let digest = hash.finalize();
    i64::from_be_bytes([
        digest[0], digest[1], digest[2], digest[3], digest[4], digest[5], digest[6], digest[7],
    ])
}

impl Known {
    /// The supplier that a row means: by its id in the register or in the list, else by an
    /// identifier, else by a name that nothing contradicts.
    pub fn target(&self, draft: &Draft, scope: &Scope, each_row: bool) -> Target {
        match self.find(draft, each_row) {
            Err(problem) => Target::Refused(problem),
            Ok(None) if draft.listed_id.is_empty() || each_row => Target::New(new_id()),
            Ok(None) => Target::New(draft.listed_id.clone()),
            Ok(Some(company)) if !company.is_registered => Target::Earlier(company.id.clone()),
            Ok(Some(company)) if scope.allows(&company.area) => {
                Target::Registered(company.id.clone())
            }
            Ok(Some(_)) => {
                Target::Refused(Problem::new(Field::Name.as_str(), "import_taken_elsewhere"))
            }
        }
    }

    fn find(&self, draft: &Draft, each_row: bool) -> Result<Option<&Company>, Problem> {
        if let Some(company) = self.companies.get(&draft.supplier_id) {
            return Ok(Some(company));
        }
        if let Some(company) = self.companies.get(&draft.listed_id).filter(|_| !each_row) {
            return Ok(Some(company));
        }
        let by_code = self.by_identifier(draft)?;
        if by_code.is_some_and(|found| each_row && !found.is_registered) {
            return Err(Problem::new(Field::Code.as_str(), "import_identifier_twice"));
        }
        if by_code.is_some() {
            return Ok(by_code);
        }
        self.by_name(draft, each_row)
    }

    fn by_identifier(&self, draft: &Draft) -> Result<Option<&Company>, Problem> {
        let mut found: Option<&Company> = None;
        for given in draft.identifiers.iter().filter(|given| given.kind != Kind::Other) {
            let code = (given.kind.as_str().to_string(), given.value.clone());
            let Some(company) = self.by_code.get(&code).and_then(|id| self.companies.get(id))
            else {
                continue;
            };
            if found.is_some_and(|other| other.id != company.id) {
                return Err(Problem::new(given.field.as_str(), "import_identifiers_disagree"));
            }
            found = Some(company);
        }
        Ok(found)
    }

    fn by_name(&self, draft: &Draft, each_row: bool) -> Result<Option<&Company>, Problem> {
        let ids = self.by_name.get(&draft.name_key).map(Vec::as_slice).unwrap_or_default();
        let candidates = ids.iter().filter_map(|id| self.companies.get(id));
        let mut candidates: Vec<&Company> =
            candidates.filter(|company| !contradicts(draft, company)).collect();
        // What the list itself tells apart is not one company because of its name.
        if !draft.listed_id.is_empty() {
            candidates.retain(|company| company.is_registered);
        }
        // Several of one name: the address tells which one is meant.
        let is_here =
            |company: &&Company| self.sites.contains(&site_key(&company.id, &draft.address_key));
        if (each_row || candidates.len() > 1)
            && let Some(company) =
                candidates.iter().copied().find(|c| c.is_registered && is_here(c))
        {
            return Ok(Some(company));
        }
        if each_row {
            return Ok(None);
        }
        // What stands in the register comes before what stands in the file.
        let registered = candidates.iter().filter(|company| company.is_registered).count();
        if registered > 1 {
            return Err(
                Problem::new(Field::Name.as_str(), "import_ambiguous").with("n", registered)
            );
        }
        candidates.sort_by_key(|company| !company.is_registered);
        Ok(candidates.first().copied())
    }

    /// Whether a registered company has the site of a row, by its id or by its address.
    pub fn has_site(&self, draft: &Draft, supplier_id: &str) -> bool {
        let marks = [&draft.site_mark, &draft.address_key];
        marks.iter().any(|mark| self.sites.contains(&site_key(supplier_id, mark)))
    }

    /// Whether a row says nothing about where the company is that is not known already.
    pub fn adds_no_place(&self, draft: &Draft, supplier_id: &str) -> bool {
        let area = &draft.located.area;
        let is_vague = draft.located.city.is_empty() && crate::regions::province(area).is_none();
        let company = self.companies.get(supplier_id);
        draft.address.is_empty() && (is_vague || company.is_some_and(|known| known.area == *area))
    }

    /// The problem of a row whose identifier another company holds. Of a registered one that the
    /// person may see it has the id.
    pub fn taken_identifier(
        &self,
        draft: &Draft,
        supplier_id: &str,
        scope: &Scope,
    ) -> Option<Problem> {
        let is_taken = |given: &&super::draft_cells::Given| {
            let code = (given.kind.as_str().to_string(), given.value.clone());
            self.by_code.get(&code).is_some_and(|owner| owner != supplier_id)
        };
        let given = draft.identifiers.iter().find(is_taken)?;
        let problem = Problem::new(given.field.as_str(), "identifier_taken");
        let owner = self.by_code.get(&(given.kind.as_str().to_string(), given.value.clone()));
        let owner = owner.and_then(|id| self.companies.get(id));
        let seen = owner.filter(|company| company.is_registered && scope.allows(&company.area));
        Some(match seen {
            Some(company) => problem.with("id", &company.id),
            None => problem,
        })
    }

    /// The row that brings the company that a row means, 0 when none does.
    pub fn first_row(&self, target: &Target) -> i64 {
        match target {
            Target::Earlier(id) | Target::New(id) => {
                self.companies.get(id).map_or(0, |c| c.first_row)
            }
            Target::Registered(_) | Target::Refused(_) => 0,
        }
    }

    /// Remembers a company that a row of this batch brings.
    pub fn learn(&mut self, draft: &Draft, supplier_id: &str) {
        let company = self.companies.entry(supplier_id.to_string()).or_insert_with(|| Company {
            id: supplier_id.to_string(),
            area: draft.located.area.clone(),
            usccs: Vec::new(),
            is_registered: false,
            first_row: draft.row_number,
        });
        let uscc = draft.uscc();
        if !uscc.is_empty() && company.usccs.iter().all(|known| known != uscc) {
            company.usccs.push(uscc.to_string());
        }
        let of_name = self.by_name.entry(draft.name_key.clone()).or_default();
        if of_name.iter().all(|id| id != supplier_id) {
            of_name.push(supplier_id.to_string());
        }
    }
}

/// Two companies of one name are different when their countries are, or when each has a Unified
/// Social Credit Code of its own.
fn contradicts(draft: &Draft, company: &Company) -> bool {
    let here = country_of_area(&draft.located.area);
    let there = country_of_area(&company.area);
    if !here.is_empty() && !there.is_empty() && here != there {
        return true;
    }
    let uscc = draft.uscc();
    !uscc.is_empty() && !company.usccs.is_empty() && company.usccs.iter().all(|known| known != uscc)
}
