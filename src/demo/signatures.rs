//! Which of the invented companies have signed which clause, when, and what is asked of the others.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::certification::{Staff, actor, day, morning};
use super::clauses::{self, Invented};
use super::random::Random;
use super::{authenticated, backing};
use crate::access::{Actor, Role, command_line, right};
use crate::audit;
use crate::certification::authentication::{Method, Status};
use crate::certification::category::keep;
use crate::certification::demands::DemandKind;
use crate::clauses::data_access::DataAccess;
use crate::clauses::exceptions::Exception;
use crate::clauses::requests::Request;
use crate::clauses::rights::{RightStatus, Signatory, SigningRight, authentication_of};
use crate::clauses::signatures::{Confirmation, Fact, Reading, Void, append_at};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{
    access_demands, accounts, categories, certifications, clause_exceptions, clause_requests,
    data_access as access_rows, signature_voids, signing_rights, supplier_categories, suppliers,
};
use crate::suppliers::{COUNTED, Stage, Supplier, people};
use crate::texts::Language;
use crate::values::{forever, new_id, now, sha256_hex};
use crate::vault::Vault;

/// Of a hundred companies, how many have signed the clauses that all sign, by their place; the newer
/// version of the first comes last.
const SIGNED: [usize; 4] = [96, 92, 89, 95];
/// Of a hundred signatures, how many are on paper.
const ON_PAPER: usize = 8;
/// Companies that are asked, or excepted.
const ASKED: usize = 12;
const EXCEPTED: usize = 4;

/// A signature that is about to be.
struct Planned<'a> {
    company: usize,
    clause: &'a Invented,
    version: usize,
    at: NaiveDateTime,
    is_paper: bool,
}

/// Publishes the clauses and signs them. Draws from its own seed, so that the companies stay as they
/// are. `first` is the company whose owner signs in.
pub fn fill(c: &mut AnyConnection, vault: &Vault, seed: u64, first: &str) -> Result<(), Error> {
    let mut random = Random::of_seed(seed ^ 0x5167);
    let staff = Staff::of(c)?;
    let all = clauses::fill(c, &staff)?;
    let signatory = give_right(c, vault, &mut random, &staff, first)?;
    let companies: Vec<Supplier> = suppliers::table
        .filter(suppliers::stage.eq_any(COUNTED.iter().map(|one: &Stage| one.as_str())))
        .filter(suppliers::merged_into.is_null())
        .order(suppliers::number)
        .select(Supplier::as_select())
        .load(c)?;
    let touching = touch_data(c, &staff, &companies)?;
    let mut asked = demanded(c)?;
    asked.extend(touching.into_iter().map(|id| (id, all[3].clause.code.clone())));
    let (planned, left) = plan(&mut random, &all, &companies, &asked, first);
    for one in &planned {
        sign(c, vault, &staff, &companies[one.company], one, (first, &signatory))?;
    }
    let left: Vec<&str> = left.iter().map(|at| companies[*at].id.as_str()).collect();
    ask_and_except(c, &all[1], &left)?;
    void_one(c)?;
    let ids: Vec<&str> = companies.iter().map(|one| one.id.as_str()).collect();
    for ids in ids.chunks(200) {
        keep::recheck(c, &Actor::clock(), vault, ids)?;
    }
    Ok(())
}

/// The signatures in the order of their moments, and the companies that have not signed the second
/// clause.
fn plan<'a>(
    random: &mut Random,
    all: &'a [Invented],
    companies: &[Supplier],
    asked: &HashSet<(String, String)>,
    first: &str,
) -> (Vec<Planned<'a>>, Vec<usize>) {
    let (mut planned, mut left) = (Vec::new(), Vec::new());
    for (company, supplier) in companies.iter().enumerate() {
        let is_first = supplier.id == first;
        let begun = if is_first { 300 } else { 40 + random.below(320) as i64 };
        let mut add = |random: &mut Random, clause: &'a Invented, version: usize, ago: i64| {
            let minutes = chrono::Duration::minutes(random.below(420) as i64);
            let at = morning(day(-ago)) + minutes;
            let is_paper = !is_first && random.chance(ON_PAPER);
            planned.push(Planned { company, clause, version, at, is_paper });
        };
        for (place, clause) in all.iter().enumerate().take(3) {
            if is_first || random.chance(SIGNED[place]) {
                add(random, clause, 0, begun);
            } else if place == 1 {
                left.push(company);
            }
        }
        if !is_first && random.chance(SIGNED[3]) {
            let ago = 1 + random.below(35) as i64;
            add(random, &all[0], 1, ago);
        }
        for clause in &all[3..] {
            let demand = (supplier.id.clone(), clause.clause.code.clone());
            let share = if asked.contains(&demand) { 96 } else { 5 };
            if random.chance(share) {
                add(random, clause, 0, begun);
            }
        }
    }
    planned.sort_by_key(|one| one.at);
    (planned, left)
}

fn sign(
    c: &mut AnyConnection,
    vault: &Vault,
    staff: &Staff,
    supplier: &Supplier,
    one: &Planned,
    (first, signatory): (&str, &Signatory),
) -> Result<(), Error> {
    let scan = sha256_hex(format!("{} {}", supplier.id, one.clause.clause.code));
    let signatory = (supplier.id == first).then_some(signatory);
    let person = signatory.map_or("法定代表人 Legal representative", |one| &one.person.name);
    let of_company = Actor {
        account_id: signatory.map_or("invented", |one| &one.right.account_id).into(),
        name: person.into(),
        ..Actor::command_line()
    };
    let paper = one.is_paper.then(|| ("", scan.as_str(), one.at.date()));
    let is_chinese = supplier.area.bytes().all(|byte| byte.is_ascii_digit());
    let fact = Fact {
        supplier,
        version: &one.clause.versions[one.version],
        clause: &one.clause.clause,
        language: if is_chinese { Language::Chinese } else { Language::English },
        signatory,
        typed_name: person,
        typed_title: "法定代表人 Legal representative",
        authority: "法定代表人 Legal representative",
        confirmation: if one.is_paper { Confirmation::None } else { Confirmation::Password },
        reading: if one.is_paper { Reading::None } else { Reading::Seen },
        time_zone: if one.is_paper { "UTC" } else { "Asia/Shanghai" },
        address: if one.is_paper { "" } else { "192.0.2.10" },
        agent: if one.is_paper { "" } else { "Sample" },
        paper,
    };
    let actor = if one.is_paper { &staff.officer } else { &of_company };
    append_at(c, actor, vault, &fact, one.at)?;
    Ok(())
}

/// The first company's owner is one of its signatories, authenticated, and may sign; two others ask.
fn give_right(
    c: &mut AnyConnection,
    vault: &Vault,
    random: &mut Random,
    staff: &Staff,
    first: &str,
) -> Result<Signatory, Error> {
    let (account_id, name): (String, String) = accounts::table
        .filter(accounts::supplier_id.eq(first))
        .filter(accounts::role.eq(Role::SupplierOwner))
        .order(accounts::id)
        .select((accounts::id, accounts::name))
        .first(c)?;
    let input = people::PersonInput { name: name.clone(), ..backing::person(random, "signatory") };
    let person = people::add(c, &command_line::<right::EditSuppliers>(), vault, first, &input)?;
    let of_person = (person.id.clone(), first.to_string());
    authenticated::write(c, staff, of_person, Method::InPerson, Status::Verified, 30)?;
    let own = |person_id: &str, status: RightStatus| {
        let is_granted = status == RightStatus::Granted;
        SigningRight {
            id: new_id(),
            supplier_id: first.into(),
            person_id: person_id.into(),
            account_id: account_id.clone(),
            status,
            basis: "授权委托书 Power of attorney".into(),
            document_id: None,
            requested_by: account_id.clone(),
            requested_name: name.clone(),
            created_at: morning(day(if is_granted { -362 } else { -2 })),
            decided_at: is_granted.then(|| morning(day(-360))),
            decided_by: is_granted.then(|| staff.approver.account_id.clone()),
            decided_name: if is_granted { staff.approver.name.clone() } else { String::new() },
            decision_note: String::new(),
            ended_at: None,
            ended_by: None,
            ended_name: String::new(),
            ended_reason: String::new(),
        }
    };
    let right = own(&person.id, RightStatus::Granted);
    let others = people::of(c, first)?.into_iter();
    let others = others
        .filter(|one| one.id != person.id && one.role != people::Part::BeneficialOwner)
        .take(2)
        .map(|one| own(&one.id, RightStatus::Requested));
    for row in others.chain([right.clone()]) {
        diesel::insert_into(signing_rights::table).values(&row).execute(c)?;
    }
    let authentication_id = authentication_of(c, &person.id)?.unwrap_or_default();
    Ok(Signatory { right, person, authentication_id })
}

/// Companies that write software or sell hardware touch our data. Their ids.
fn touch_data(
    c: &mut AnyConnection,
    staff: &Staff,
    companies: &[Supplier],
) -> Result<HashSet<String>, Error> {
    let known: HashSet<&str> = companies.iter().map(|one| one.id.as_str()).collect();
    let offering: Vec<String> = supplier_categories::table
        .inner_join(categories::table.on(categories::id.eq(supplier_categories::category_id)))
        .filter(categories::code.eq_any(["software", "it-hardware", "cloud", "consulting"]))
        .select(supplier_categories::supplier_id)
        .distinct()
        .load(c)?;
    let touching: HashSet<String> =
        offering.into_iter().filter(|id| known.contains(id.as_str())).collect();
    let mut in_order: Vec<&String> = touching.iter().collect();
    in_order.sort();
    for id in in_order {
        let access = DataAccess {
            id: new_id(),
            supplier_id: id.clone(),
            reason: "运维与开发数据。 Data of operation and development.".into(),
            valid_from: morning(day(-380)),
            valid_to: forever(),
            begun_by: staff.officer.account_id.clone(),
            begun_name: staff.officer.name.clone(),
            ended_by: None,
            ended_name: String::new(),
        };
        diesel::insert_into(access_rows::table).values(&access).execute(c)?;
        let details = json!({ "reason": access.reason });
        audit::append(c, &staff.officer, "data_access.begun", ("supplier", id), details)?;
    }
    Ok(touching)
}

/// What the standards of companies' certifications demand: ids of companies with codes of clauses.
fn demanded(c: &mut AnyConnection) -> Result<HashSet<(String, String)>, Error> {
    let demands = access_demands::standard_id.eq(certifications::standard_id);
    let all: Vec<(String, String)> = certifications::table
        .inner_join(access_demands::table.on(demands))
        .filter(access_demands::kind.eq(DemandKind::Clause))
        .select((certifications::supplier_id, access_demands::subject))
        .load(c)?;
    Ok(all.into_iter().collect())
}

/// Of those who have not signed a clause, some are excepted and some are asked.
fn ask_and_except(c: &mut AnyConnection, clause: &Invented, left: &[&str]) -> Result<(), Error> {
    let legal = actor(c, Role::LegalOfficer)?;
    for (position, id) in left.iter().take(EXCEPTED).enumerate() {
        let exception = Exception {
            id: new_id(),
            supplier_id: id.to_string(),
            clause_id: clause.clause.id.clone(),
            reason: "集团已签署框架协议。 The group has signed a frame contract.".into(),
            valid_from: day(-60),
            valid_to: day(14 + 80 * position as i64),
            granted_by: legal.account_id.clone(),
            granted_name: legal.name.clone(),
            created_at: morning(day(-60)),
            ended_at: None,
            ended_by: None,
            ended_name: String::new(),
            ended_reason: String::new(),
        };
        diesel::insert_into(clause_exceptions::table).values(&exception).execute(c)?;
        let details = json!({ "clause": clause.clause.code, "reason": exception.reason });
        audit::append(c, &legal, "exception.granted", ("supplier", id), details)?;
    }
    for id in left.iter().skip(EXCEPTED).take(ASKED) {
        let request = Request {
            id: new_id(),
            supplier_id: id.to_string(),
            version_id: clause.versions[0].id.clone(),
            requested_by: legal.account_id.clone(),
            requested_name: legal.name.clone(),
            requested_at: morning(day(-9)),
            settled_at: None,
        };
        diesel::insert_into(clause_requests::table).values(&request).execute(c)?;
    }
    Ok(())
}

/// One signature on paper turned out to be of another company.
fn void_one(c: &mut AnyConnection) -> Result<(), Error> {
    use crate::schema::signatures;
    let legal = actor(c, Role::LegalOfficer)?;
    let (id, supplier_id, number): (String, String, i64) = signatures::table
        .filter(signatures::method.eq("paper"))
        .order(signatures::sequence)
        .select((signatures::id, signatures::supplier_id, signatures::sequence))
        .first(c)?;
    let void = Void {
        signature_id: id.clone(),
        reason: "扫描件属于另一家企业。 The scan is of another company.".into(),
        // The trail tells of it, and it tells the present time.
        voided_at: now(),
        voided_by: legal.account_id.clone(),
        voided_name: legal.name.clone(),
    };
    diesel::insert_into(signature_voids::table).values(&void).execute(c)?;
    let details = json!({ "signature": id, "signature_number": number, "reason": void.reason });
    audit::append(c, &legal, "signature.voided", ("supplier", &supplier_id), details)
}
