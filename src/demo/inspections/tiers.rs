//! Which of the invented companies would harm most.

use diesel::prelude::*;
use serde_json::json;

use super::Team;
use crate::audit;
use crate::db::AnyConnection;
use crate::demo::certification::{day, morning};
use crate::error::Error;
use crate::inspections::tiers::{RiskTier, Tier};
use crate::schema::risk_tiers;
use crate::suppliers::Supplier;
use crate::values::{forever, new_id};

/// Companies of the tier "high", each as far from the next, and why.
const EACH: usize = 61;
const HIGH: [&str; 12] = [
    "唯一供货来源，停供将使两条产线停产。",
    "使用危险化学品，厂区紧邻居民区。",
    "接触客户个人信息。",
    "Sole source for a part that is in every product.",
    "用工以劳务派遣为主，人员流动大。",
    "近三年发生过一次工伤死亡事故。",
    "Handles hazardous waste on our behalf.",
    "电镀工序，废水排放受重点监管。",
    "年采购额居前十位。",
    "High share of agency workers, at changing sites.",
    "关键物料，更换供应商需十二个月认证。",
    "运维我方生产系统，具有管理员权限。",
];
/// Companies of the tier "low", by their place.
const LOW: usize = 37;

/// Records the tiers.
pub(super) fn fill(
    c: &mut AnyConnection,
    team: &Team,
    companies: &[Supplier],
    first: &str,
) -> Result<(), Error> {
    let others = companies.iter().filter(|one| one.id != first);
    for (at, company) in others.enumerate() {
        let high = (at % EACH == 20).then(|| HIGH.get(at / EACH)).flatten();
        match high {
            // One of them was medium before.
            Some(reason) if at / EACH == 5 => {
                let medium = (Tier::Medium, "年采购额较小。");
                record(c, team, company, medium, (-900, Some(-200)))?;
                record(c, team, company, (Tier::High, reason), (-200, None))?;
            }
            Some(reason) => {
                record(c, team, company, (Tier::High, reason), (-200 - at as i64, None))?;
            }
            None if at % LOW == 11 => {
                let reason = "标准办公用品，可随时更换。 Standard goods that others sell too.";
                record(c, team, company, (Tier::Low, reason), (-300, None))?;
            }
            None => {}
        }
    }
    Ok(())
}

fn record(
    c: &mut AnyConnection,
    team: &Team,
    company: &Supplier,
    (tier, reason): (Tier, &str),
    (from, until): (i64, Option<i64>),
) -> Result<(), Error> {
    let row = RiskTier {
        id: new_id(),
        supplier_id: company.id.clone(),
        tier,
        reason: reason.into(),
        valid_from: morning(day(from)),
        valid_to: until.map_or_else(forever, |until| morning(day(until))),
        recorded_by: team.planner.account_id.clone(),
        recorded_name: team.planner.name.clone(),
    };
    diesel::insert_into(risk_tiers::table).values(&row).execute(c)?;
    let details = json!({ "risk_tier": ["", tier.as_str()], "reason": row.reason });
    audit::append(c, &team.planner, "supplier.risk_rated", ("supplier", &company.id), details)
}
