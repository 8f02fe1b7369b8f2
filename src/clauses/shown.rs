//! Who must sign a version, in the words of a page.

use std::collections::HashMap;

use super::duties::{Duty, DutyKind};
use super::{Version, Whom};
use crate::page::Page;
use crate::regions;

/// English and Chinese names of categories, by id.
pub type Names = HashMap<String, (String, String)>;

/// Who must sign, in a line: everybody, nobody, or those to whom a duty applies.
pub fn whom(page: &Page, version: &Version, duties: &[Duty], names: &Names) -> String {
    let who = page.tk("clause-whom", version.whom.as_str());
    if version.whom != Whom::Some {
        return who;
    }
    let reasons: Vec<String> = duties.iter().map(|duty| reason(page, duty, names)).collect();
    let reasons = reasons.join(page.t("clause-or"));
    page.ta("clause-some-of", &[("who", &who), ("reasons", &reasons)])
}

/// What those have in common who must sign by a duty.
pub fn reason(page: &Page, duty: &Duty, names: &Names) -> String {
    match duty.kind {
        DutyKind::DataAccess => page.t("clause-duty-data_access").to_string(),
        DutyKind::Area => {
            page.ta("clause-duty-area", &[("area", &area_name(&duty.subject, page.is_chinese()))])
        }
        DutyKind::Category => {
            let name = names.get(&duty.subject).map_or("?", |(en, zh)| page.pick(en, zh));
            page.ta("clause-duty-category", &[("category", name)])
        }
    }
}

/// The name of a place of a duty: `CN` is the whole country there.
pub fn area_name(code: &str, chinese: bool) -> String {
    match (regions::country(code), chinese) {
        (Some(found), true) => found.name_zh.to_string(),
        (Some(found), false) => found.name_en.to_string(),
        (None, _) => regions::area_name(code, chinese),
    }
}
