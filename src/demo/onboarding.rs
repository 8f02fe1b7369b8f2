//! What the invented register looks for, whom it was proposed, and what one company is to mend.

use chrono::Days;
use diesel::prelude::*;

use crate::access::{Actor, command_line};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::onboarding::candidates::{self, CompanyInput, ProposalInput};
use crate::onboarding::needs::{self, Need, NeedInput};
use crate::onboarding::registration::{self, Purpose};
use crate::onboarding::screening::{self, ScreeningInput};
use crate::schema::{categories, need_criteria};
use crate::values::now;
use crate::vault::Vault;

/// Code of the category, title, reason, days until it is needed.
const NEEDS: &[(&str, &str, &str, u64)] = &[
    (
        "packaging",
        "第二家瓦楞纸箱供应商（江苏） Second source for corrugated boxes, Jiangsu",
        "目前仅有一家供应商，存在断供风险。 One supplier only: a stop there stops us.",
        60,
    ),
    (
        "it-hardware",
        "服务器维保 Maintenance of servers",
        "现有合同将于年底到期。 The contract ends this year.",
        120,
    ),
];

/// Criterion, strength, method, weight.
const CRITERIA: &[(&str, &str, &str, &str)] = &[
    ("持有有效的 ISO 9001 证书 Holds a valid ISO 9001 certificate", "must", "pass_fail", "3"),
    ("两周内可供样品 Samples within two weeks", "must", "pass_fail", "2"),
    ("价格 Price", "should", "score", "3"),
    ("再生材料比例 Share of recycled material", "should", "score", "2"),
];

/// Local and English name, verdicts and reasons: "" where nobody has looked yet. No such company.
const CANDIDATES: &[(&str, &str, [&str; 4])] = &[
    (
        "昆山砚禾样例纸箱有限公司",
        "Kunshan Yanhe Sample Carton Co., Ltd.",
        ["pass", "pass", "4", "3"],
    ),
    (
        "太仓松屿样例包装有限公司",
        "Taicang Songyu Sample Packaging Co., Ltd.",
        ["pass", "fail", "5", "1"],
    ),
    ("江阴柏舟样例纸业有限公司", "Jiangyin Baizhou Sample Paper Co., Ltd.", ["", "", "", ""]),
];

/// Records needs, candidates and verdicts, and begins a change of `supplier_id`, whose owner signs in.
pub fn fill(c: &mut AnyConnection, vault: &Vault, supplier_id: &str) -> Result<(), Error> {
    let mut recorded = Vec::new();
    for need in NEEDS {
        recorded.push(record(c, need)?);
    }
    for candidate in CANDIDATES {
        propose(c, vault, &recorded[0], candidate)?;
    }
    registration::start(c, &Actor::command_line(), vault, supplier_id, Purpose::Change, None)?;
    Ok(())
}

fn record(
    c: &mut AnyConnection,
    (category, title, reason, days): &(&str, &str, &str, u64),
) -> Result<Need, Error> {
    let category: String =
        categories::table.filter(categories::code.eq(category)).select(categories::id).first(c)?;
    let column = |of: fn(&(&str, &str, &str, &str)) -> String| CRITERIA.iter().map(of).collect();
    let input = NeedInput {
        title: title.to_string(),
        category,
        country: "CN".into(),
        reason: reason.to_string(),
        needed_by: (now().date() + Days::new(*days)).to_string(),
        criterion_title: column(|one| one.0.into()),
        criterion_strength: column(|one| one.1.into()),
        criterion_method: column(|one| one.2.into()),
        criterion_weight: column(|one| one.3.into()),
        ..NeedInput::default()
    };
    needs::record(c, &command_line(), &input)
}

fn propose(
    c: &mut AnyConnection,
    vault: &Vault,
    need: &Need,
    (local, english, verdicts): &(&str, &str, [&str; 4]),
) -> Result<(), Error> {
    let input = ProposalInput {
        company: CompanyInput {
            legal_name: local.to_string(),
            english_name: english.to_string(),
            country: "CN".into(),
            contact_name: "样例联系人 Sample Contact".into(),
            contact_email: "sample@candidate.example".into(),
            language: "zh-CN".into(),
            ..CompanyInput::default()
        },
        choice: candidates::OTHER.into(),
        ..ProposalInput::default()
    };
    let candidate = candidates::propose(c, &command_line(), vault, &need.id, &input)?;
    if verdicts.iter().all(|verdict| verdict.is_empty()) {
        return Ok(());
    }
    let criteria: Vec<String> = need_criteria::table
        .filter(need_criteria::need_id.eq(&need.id))
        .order(need_criteria::position)
        .select(need_criteria::id)
        .load(c)?;
    let input = ScreeningInput {
        seen: vec![String::new(); criteria.len()],
        criterion: criteria,
        verdict: verdicts.iter().map(|verdict| verdict.to_string()).collect(),
        reason: vec!["见报价与样品 Seen in the offer and the samples".into(); verdicts.len()],
    };
    screening::screen(c, &command_line(), &candidate.id, &input)?;
    Ok(())
}
