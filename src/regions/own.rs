//! Making and changing the firm's own schemes.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use validator::Validate;

use super::store::StoredScheme;
use super::{OwnScheme, Region, Scheme, find_own, find_scheme, provinces};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::region_schemes;
use crate::values::{new_id, now};

/// Regions that a scheme of one's own can have.
const MAX_REGIONS: usize = 40;
/// Characters of a name.
const MAX_NAME: usize = 100;
/// The value that puts a province into the region that the same form adds.
pub const NEW_REGION: &str = "new";

/// The names of a scheme; at least one of them is needed.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CopyInput {
    #[validate(length(max = 100))]
    pub name_en: String,
    #[validate(length(max = 100))]
    pub name_zh: String,
}

/// The fields of a scheme's form that every scheme has. Those of its regions and provinces are
/// read by name: `region_en-<code>`, `region_zh-<code>`, `remove-<code>`, `province-<code>`.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EditInput {
    #[validate(length(max = 100))]
    pub name_en: String,
    #[validate(length(max = 100))]
    pub name_zh: String,
    #[validate(length(max = 2000))]
    pub note_en: String,
    #[validate(length(max = 2000))]
    pub note_zh: String,
    /// The names of a region to add.
    #[validate(length(max = 100))]
    pub new_en: String,
    #[validate(length(max = 100))]
    pub new_zh: String,
    /// The revision that the form was made from.
    pub revision: String,
}

/// Makes an editable copy of a scheme. Returns its id.
pub fn copy(
    c: &mut AnyConnection,
    by: &May<right::EditRegions>,
    base: &str,
    input: &CopyInput,
) -> Result<String, Error> {
    let base = find_scheme(c, base)?.into_owned();
    let mut problems = Problems::default();
    let (name_en, name_zh) = names("name_en", &input.name_en, &input.name_zh, &mut problems);
    problems.into_result()?;
    let id = new_id();
    let scheme = Scheme { id: id.clone(), version: "1".into(), name_en, name_zh, ..base.clone() };
    let time = now();
    let stored = StoredScheme {
        id: id.clone(),
        base: base.id.clone(),
        data: serde_json::to_string(&scheme)?,
        revision: 1,
        created_at: time,
        updated_at: time,
        retired_at: None,
    };
    diesel::insert_into(region_schemes::table).values(&stored).execute(c)?;
    let details = json!({
        "name_en": scheme.name_en,
        "name_zh": scheme.name_zh,
        "base": base.id,
        "version": base.version,
    });
    audit::append(c, by.actor(), "scheme.created", ("scheme", &id), details)?;
    Ok(id)
}

/// Changes a scheme of one's own. `values` are all fields of the form as typed.
pub fn edit(
    c: &mut AnyConnection,
    by: &May<right::EditRegions>,
    id: &str,
    input: &EditInput,
    values: &[(String, String)],
) -> Result<OwnScheme, Error> {
    let before = find_own(c, id)?;
    if before.retired_at.is_some() {
        return Err(Error::Conflict("conflict-scheme-retired"));
    }
    if input.revision != before.revision.to_string() {
        return Err(Error::Conflict("conflict-edited"));
    }
    let scheme = changed(&before.scheme, input, values)?;
    if scheme == before.scheme {
        return Ok(before);
    }
    let revision = before.revision + 1;
    let scheme = Scheme { version: revision.to_string(), ..scheme };
    let time = now();
    diesel::update(region_schemes::table.find(id))
        .set((
            region_schemes::data.eq(serde_json::to_string(&scheme)?),
            region_schemes::revision.eq(revision),
            region_schemes::updated_at.eq(time),
        ))
        .execute(c)?;
    let details = differences(&before.scheme, &scheme);
    audit::append(c, by.actor(), "scheme.edited", ("scheme", id), details)?;
    Ok(OwnScheme { scheme, revision, updated_at: time, ..before })
}

/// Stops offering a scheme for reports. What was made with it can still be opened.
pub fn retire(c: &mut AnyConnection, by: &May<right::EditRegions>, id: &str) -> Result<(), Error> {
    let own = find_own(c, id)?;
    if own.retired_at.is_some() {
        return Err(Error::Conflict("conflict-scheme-retired"));
    }
    diesel::update(region_schemes::table.find(id))
        .set(region_schemes::retired_at.eq(now()))
        .execute(c)?;
    let details = json!({ "name_en": own.scheme.name_en, "name_zh": own.scheme.name_zh });
    audit::append(c, by.actor(), "scheme.retired", ("scheme", id), details)
}

fn changed(
    before: &Scheme,
    input: &EditInput,
    values: &[(String, String)],
) -> Result<Scheme, Error> {
    let typed =
        |field: &str| values.iter().find(|(name, _)| name == field).map(|(_, v)| v.as_str());
    let mut problems = Problems::default();
    let (name_en, name_zh) = names("name_en", &input.name_en, &input.name_zh, &mut problems);
    let mut regions = Vec::new();
    for region in &before.regions {
        let field = |part: &str| format!("{part}-{}", region.code);
        if typed(&field("remove")).is_some() {
            continue;
        }
        let english = typed(&field("region_en")).unwrap_or(&region.name_en);
        let chinese = typed(&field("region_zh")).unwrap_or(&region.name_zh);
        let (name_en, name_zh) = names(&field("region_en"), english, chinese, &mut problems);
        regions.push(Region { code: region.code.clone(), name_en, name_zh });
    }
    let added = (!input.new_en.trim().is_empty() || !input.new_zh.trim().is_empty()).then(|| {
        let (name_en, name_zh) = names("new_en", &input.new_en, &input.new_zh, &mut problems);
        Region { code: free_code(before), name_en, name_zh }
    });
    let new_code = added.as_ref().map(|region| region.code.clone());
    regions.extend(added);
    if regions.is_empty() || regions.len() > MAX_REGIONS {
        problems.add(Problem::new("new_en", "scheme_regions").with("max", MAX_REGIONS));
    }
    let mut mapping = BTreeMap::new();
    for province in provinces() {
        let field = format!("province-{}", province.code);
        let kept = before.provinces.get(province.code).map(String::as_str).unwrap_or_default();
        let wanted = match typed(&field).unwrap_or(kept) {
            NEW_REGION => new_code.as_deref().unwrap_or(NEW_REGION),
            code => code,
        };
        // A province whose region is taken away, and which was not moved, falls outside.
        let removed = wanted == kept && before.regions.iter().any(|region| region.code == kept);
        match regions.iter().find(|region| region.code == wanted) {
            Some(region) => drop(mapping.insert(province.code.to_string(), region.code.clone())),
            None if wanted.is_empty() || removed => {}
            None => problems.add(Problem::new(&field, "unknown_choice")),
        }
    }
    problems.into_result()?;
    let mut countries = before.countries.clone();
    countries.retain(|_, code| regions.iter().any(|region| region.code == *code));
    Ok(Scheme {
        name_en,
        name_zh,
        note_en: input.note_en.trim().into(),
        note_zh: input.note_zh.trim().into(),
        regions,
        provinces: mapping,
        countries,
        ..before.clone()
    })
}

/// Both names of a thing; where one is missing, the other stands for it.
fn names(field: &str, english: &str, chinese: &str, problems: &mut Problems) -> (String, String) {
    let (english, chinese) = (english.trim(), chinese.trim());
    if english.is_empty() && chinese.is_empty() {
        problems.add(Problem::new(field, "missing"));
    }
    for name in [english, chinese] {
        if name.chars().count() > MAX_NAME {
            problems.add(Problem::new(field, "too_long").with("max", MAX_NAME));
        }
        if name.chars().any(char::is_control) {
            problems.add(Problem::new(field, "control_characters"));
        }
    }
    let either = |name: &str, other: &str| if name.is_empty() { other } else { name }.to_string();
    (either(english, chinese), either(chinese, english))
}

/// A code that no region of the scheme has.
fn free_code(scheme: &Scheme) -> String {
    let taken = |code: &str| scheme.regions.iter().any(|region| region.code == code);
    let mut codes = (1..).map(|number| format!("region-{number}"));
    codes.find(|code| !taken(code)).unwrap_or_default()
}

/// What differs between two versions, for the audit trail: `[before, after]` of each.
fn differences(before: &Scheme, after: &Scheme) -> Value {
    let mut found = Map::new();
    let mut put = |name: String, from: &str, to: &str| {
        if from != to {
            found.insert(name, json!([from, to]));
        }
    };
    put("name_en".into(), &before.name_en, &after.name_en);
    put("name_zh".into(), &before.name_zh, &after.name_zh);
    put("note_en".into(), &before.note_en, &after.note_en);
    put("note_zh".into(), &before.note_zh, &after.note_zh);
    put("version".into(), &before.version, &after.version);
    let names = |scheme: &Scheme| -> BTreeMap<String, String> {
        let name = |r: &Region| (r.code.clone(), format!("{} / {}", r.name_en, r.name_zh));
        scheme.regions.iter().map(name).collect()
    };
    let (old, new) = (names(before), names(after));
    for code in old.keys().chain(new.keys()) {
        let name = |all: &BTreeMap<String, String>| all.get(code).cloned().unwrap_or_default();
        put(format!("region {code}"), &name(&old), &name(&new));
    }
    for province in provinces() {
        let region = |s: &Scheme| s.provinces.get(province.code).cloned().unwrap_or_default();
        put(format!("province {}", province.name_en), &region(before), &region(after));
    }
    Value::Object(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regions::{Placement, built_in};

    fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }

    fn named() -> EditInput {
        EditInput { name_en: "Ours".into(), ..EditInput::default() }
    }

    #[test]
    fn a_province_moves_to_a_new_region_and_the_rest_stays() {
        let six = built_in("cn-six").unwrap();
        let input = EditInput { new_en: "Southwest".into(), ..named() };
        let values = typed(&[("province-510000", "new"), ("province-530000", "")]);
        let after = changed(six, &input, &values).unwrap();
        assert!(matches!(after.place("510000"), Placement::In(r) if r.name_zh == "Southwest"));
        assert_eq!(after.place("530000"), Placement::Outside);
        assert!(matches!(after.place("320000"), Placement::In(r) if r.code == "eastern"));
        assert_eq!(after.name_zh, "Ours");
    }

    #[test]
    fn the_provinces_of_a_removed_region_fall_outside() {
        let six = built_in("cn-six").unwrap();
        let values = typed(&[("remove-eastern", "on"), ("province-310000", "northern")]);
        let after = changed(six, &named(), &values).unwrap();
        assert_eq!(after.place("320000"), Placement::Outside);
        assert!(matches!(after.place("310000"), Placement::In(r) if r.code == "northern"));
    }

    #[test]
    fn a_forged_region_and_an_empty_name_are_refused() {
        let six = built_in("cn-six").unwrap();
        for (field, value) in
            [("province-310000", "nowhere"), ("province-310000", "new"), ("region_en-eastern", " ")]
        {
            let mut values = typed(&[(field, value)]);
            if field.starts_with("region") {
                values.push(("region_zh-eastern".into(), String::new()));
            }
            assert!(
                matches!(changed(six, &named(), &values), Err(Error::Invalid(p)) if p.0[0].field == field)
            );
        }
    }
}
