//! A plan in words.

use super::{Method, PlanScope, Sampling};
use crate::categories::Category;
use crate::page::Page;
use crate::regions::{Scheme, row_name};

/// How large the sample is: "ISO 2859-1, level II, AQL 4.0".
pub fn method(page: &Page, sampling: &Sampling) -> String {
    let number = |value: f64| value.to_string();
    match sampling.method() {
        Method::Iso2859 => page.ta(
            "plan-by-table",
            &[("level", sampling.level.as_str()), ("aql", sampling.aql.as_str())],
        ),
        Method::Discovery => page.ta(
            "plan-by-discovery",
            &[
                ("bad", number(sampling.bad_percent).as_str()),
                ("confidence", number(sampling.confidence_percent).as_str()),
            ],
        ),
        Method::Percentage => {
            page.ta("plan-by-percentage", &[("percent", number(sampling.percentage).as_str())])
        }
        Method::Number => {
            page.ta("plan-by-number", &[("number", sampling.number.to_string().as_str())])
        }
        Method::All => page.t("plan-by-all").to_string(),
        Method::ByHand => page.t("plan-by-hand").to_string(),
    }
}

/// The regions of a scope, or that it has all.
pub fn regions(page: &Page, scope: &PlanScope, scheme: &Scheme) -> String {
    listed(page, scope.regions.iter().map(|code| row_name(page, scheme, code)))
}

/// The categories of a scope, or that it has all.
pub fn categories(page: &Page, scope: &PlanScope, all: &[Category]) -> String {
    let name = |id: &String| match all.iter().find(|one| one.id == *id) {
        Some(one) => page.pick(&one.name_en, &one.name_zh).to_string(),
        None => page.t("plan-closed-category").to_string(),
    };
    listed(page, scope.categories.iter().map(name))
}

/// The risk tiers of a scope, or that it has all.
pub fn tiers(page: &Page, scope: &PlanScope) -> String {
    listed(page, scope.tiers.iter().map(|tier| page.tk("risk-tier", tier)))
}

/// The stages of a scope, or that it has all.
pub fn stages(page: &Page, scope: &PlanScope) -> String {
    listed(page, scope.stages.iter().map(|stage| page.tk("stage", stage)))
}

fn listed(page: &Page, names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match names.is_empty() {
        true => page.t("plan-all").to_string(),
        false => names.join(" · "),
    }
}
