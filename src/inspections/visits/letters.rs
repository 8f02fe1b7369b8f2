//! Letters about inspections: to inspectors, and to everybody with an account of the company.

use diesel::prelude::*;

use super::inspectors::Inspector;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Inspection;
use crate::inspections::findings::Finding;
use crate::notices::{self, Letter, company};
use crate::schema::suppliers;
use crate::texts::Texts;
use crate::vault::Vault;

/// Somebody is to go.
pub(super) const ASSIGNED: &str = "inspection_assigned";
/// The day or the place is another one.
pub(super) const MOVED: &str = "inspection_moved";
/// Somebody else goes instead.
pub(super) const HANDED_OVER: &str = "inspection_handed_over";
pub(super) const CANCELLED: &str = "inspection_cancelled";

fn company_of(c: &mut AnyConnection, inspection: &Inspection) -> Result<String, Error> {
    let row = suppliers::table.find(&inspection.supplier_id);
    Ok(row.select(suppliers::legal_name).first(c)?)
}

fn words(texts: &Texts, inspection: &Inspection) -> Vec<(&'static str, String)> {
    let day = inspection.planned_on.map(|day| day.to_string());
    let place = match inspection.place.as_str() {
        "" => texts.get("letter-inspection-no-place").to_string(),
        place => place.to_string(),
    };
    vec![
        ("number", inspection.code()),
        ("day", day.unwrap_or_default()),
        ("place", place),
        ("inspector", inspection.inspector_name.clone()),
    ]
}

/// Tells an inspector of an inspection.
pub(super) fn to_inspector(
    c: &mut AnyConnection,
    vault: &Vault,
    inspection: &Inspection,
    to: &Inspector,
    kind: &'static str,
) -> Result<(), Error> {
    let mut args = words(to.language.texts(), inspection);
    args.push(("company", company_of(c, inspection)?));
    let letter = Letter {
        kind,
        email: &to.email,
        name: &to.name,
        language: to.language,
        supplier_id: Some(&inspection.supplier_id),
        args,
        lines: Vec::new(),
        link: Some(format!("/inspections/{}", inspection.id)),
    };
    notices::post(c, vault, letter)?;
    Ok(())
}

/// Tells the company who comes, when and where.
pub(super) fn announce(
    c: &mut AnyConnection,
    vault: &Vault,
    inspection: &Inspection,
) -> Result<(), Error> {
    let link = format!("/portal/inspections/{}", inspection.id);
    to_company(c, vault, inspection, "inspection_announced", &link, |_| Vec::new())
}

/// Tells the company that nobody comes.
pub(super) fn call_off(
    c: &mut AnyConnection,
    vault: &Vault,
    inspection: &Inspection,
) -> Result<(), Error> {
    let link = "/portal/inspections";
    to_company(c, vault, inspection, "inspection_called_off", link, |_| Vec::new())
}

/// Tells the company what was found and by when it has to answer.
pub(super) fn signed_off(
    c: &mut AnyConnection,
    vault: &Vault,
    inspection: &Inspection,
    found: &[Finding],
) -> Result<(), Error> {
    let line = |texts: &Texts, one: &Finding| {
        let severity =
            texts.get(&format!("finding-severity-{}", one.severity.as_str())).to_string();
        let (code, due) = (one.code(), one.due_on.to_string());
        let mut args =
            vec![("number", code.as_str()), ("severity", severity.as_str()), ("day", due.as_str())];
        let contain = one.contain_by.map(|day| day.to_string());
        match &contain {
            Some(day) => {
                args.push(("contain", day));
                texts.with("letter-inspection-finding-contain", &args)
            }
            None => texts.with("letter-inspection-finding", &args),
        }
    };
    let lines = |texts: &Texts| match found {
        [] => vec![texts.get("letter-inspection-no-finding").to_string()],
        found => {
            let mut lines = vec![texts.get("letter-inspection-findings").to_string()];
            lines.extend(found.iter().map(|one| line(texts, one)));
            lines
        }
    };
    let link = format!("/portal/inspections/{}", inspection.id);
    to_company(c, vault, inspection, "inspection_signed_off", &link, lines)
}

fn to_company(
    c: &mut AnyConnection,
    vault: &Vault,
    inspection: &Inspection,
    kind: &'static str,
    link: &str,
    lines: impl Fn(&Texts) -> Vec<String>,
) -> Result<(), Error> {
    let name = company_of(c, inspection)?;
    let said = |texts: &Texts| (words(texts, inspection), lines(texts));
    company::tell(c, vault, (&inspection.supplier_id, &name), kind, link, said)
}
