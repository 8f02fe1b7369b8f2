//! What an administrator chooses from: roles, and regions that limit an account.

use crate::access::Role;
use crate::page::{Form, Page};
use crate::regions;

/// A region scheme to choose regions from.
pub struct SchemeChoice {
    pub name: String,
    /// Value, name, chosen.
    pub regions: Vec<(String, String, bool)>,
    pub open: bool,
}

/// The roles in words; `staff` or the suppliers' ones.
pub fn roles(page: &Page, chosen: &str, staff: bool) -> Vec<(String, String, bool)> {
    Role::ALL
        .iter()
        .filter(|role| role.is_staff() == staff)
        .map(|role| {
            let value = role.as_str();
            (value.to_string(), page.tk("role", value), value == chosen)
        })
        .collect()
}

/// The built-in schemes with the regions that the form holds.
pub fn schemes(page: &Page, form: &Form) -> Vec<SchemeChoice> {
    regions::built_in_schemes()
        .iter()
        .map(|scheme| {
            let regions: Vec<(String, String, bool)> = scheme
                .regions
                .iter()
                .map(|region| {
                    let value = format!("{}:{}", scheme.id, region.code);
                    let chosen = form.has("regions", &value);
                    (value, page.pick(&region.name_en, &region.name_zh).to_string(), chosen)
                })
                .collect();
            SchemeChoice {
                name: page.pick(&scheme.name_en, &scheme.name_zh).to_string(),
                open: regions.iter().any(|(_, _, chosen)| *chosen),
                regions,
            }
        })
        .collect()
}

/// The limits of an account in words, "" for none.
pub fn scope_text(page: &Page, scheme: &Option<String>, codes: &Option<String>) -> String {
    let (Some(id), Some(codes)) = (scheme, codes) else {
        return String::new();
    };
    let Some(scheme) = regions::built_in(id) else {
        return format!("{id}: {codes}");
    };
    let names: Vec<&str> = scheme
        .regions
        .iter()
        .filter(|region| codes.split(',').any(|code| code == region.code))
        .map(|region| page.pick(&region.name_en, &region.name_zh))
        .collect();
    names.join(page.t("audit-list-comma"))
}
