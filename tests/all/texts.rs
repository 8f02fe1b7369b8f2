//! Every text that a page or a rule names exists, in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use touchstone::texts::Language;

/// Which macro takes a text key at which place: parameters named `…_key`.
type Macros = BTreeMap<String, Vec<String>>;

#[test]
fn every_text_that_a_template_names_exists_in_both_languages() {
    let macros = macros();
    let mut missing = BTreeSet::new();
    for (file, source) in files("templates", "html") {
        // A comment may show how to call a macro.
        let source = without(&source, "{#", "#}");
        for key in keys_of_calls(&source).into_iter().chain(keys_of_macros(&source, &macros)) {
            note_missing(&file, &key, &mut missing);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_text_that_the_source_names_exists_in_both_languages() {
    let mut missing = BTreeSet::new();
    for (file, source) in files("src", "rs") {
        let product = without(&source, "#[cfg(test)]\nmod tests {", "\n}\n");
        if file.contains("/tests") {
            continue;
        }
        let prefixes = ["done-", "refused-", "conflict-", "problem-", "failure-"];
        for text in literals(&product).filter(|t| is_key(t)) {
            if prefixes.iter().any(|p| text.starts_with(p) && text.len() > p.len()) {
                note_missing(&file, text, &mut missing);
            }
        }
        for key in keys_of_calls(&product) {
            note_missing(&file, &key, &mut missing);
        }
        for code in codes_of_problems(&product) {
            note_missing(&file, &format!("problem-{code}"), &mut missing);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_text_is_written_down_twice() {
    for language in ["en", "zh-CN"] {
        let mut seen = BTreeSet::new();
        for (file, text) in files(&format!("locales/{language}"), ".ftl") {
            for line in text.lines() {
                let key = line.split_once(" =").map_or("", |(key, _)| key);
                let is_key = !key.is_empty() && !key.starts_with([' ', '#']);
                assert!(!is_key || seen.insert(key.to_string()), "{file}: {key}");
            }
        }
    }
}

#[test]
fn every_failure_has_a_name_an_explanation_and_a_way_on() {
    let mut missing = BTreeSet::new();
    for name in [
        "bad-request",
        "forbidden",
        "not-found",
        "conflict",
        "invitation",
        "too-large",
        "invalid",
        "too-many",
        "busy",
        "internal",
    ] {
        for part in ["", "-what", "-next"] {
            note_missing("failure", &format!("failure-{name}{part}"), &mut missing);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn chinese_texts_are_chinese_and_english_ones_are_not() {
    for (file, source) in files("locales/en", "ftl") {
        let han = source.lines().find(|line| line.chars().any(is_han));
        // The name of the other language is written in it.
        assert!(han.is_none_or(|line| line.contains("中文")), "{file}: {han:?}");
    }
    for (file, source) in files("locales/zh-CN", "ftl") {
        let text: String = source.lines().filter(|l| !l.starts_with('#')).collect();
        let halfwidth = ["，", "。"].iter().all(|mark| !text.contains(mark)) && text.contains(", ");
        assert!(!halfwidth, "{file}: Chinese sentences have Chinese punctuation");
        assert!(text.is_empty() || text.chars().any(is_han), "{file} is not in Chinese");
    }
}

fn note_missing(file: &str, key: &str, missing: &mut BTreeSet<String>) {
    for language in Language::ALL {
        if !language.texts().has(key) {
            missing.insert(format!("{} {key} ({file})", language.as_str()));
        }
    }
}

/// Every file below a folder of the project with its text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = fs::read_to_string(&path).expect("a text file");
                found.push((path.display().to_string(), text));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), ending, &mut found);
    let home = format!("{}/", root.display());
    found.into_iter().map(|(path, text)| (path.replace(&home, ""), text)).collect()
}

/// The text without what stands between two marks.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(begin) {
        kept.push_str(before);
        rest = after.split_once(end).map(|(_, rest)| rest).unwrap_or_default();
    }
    kept + rest
}

/// Keys in `page.t("…")`, `.ta(`, `.tn(`, `texts.get(`, `.with(`, `.count(`.
fn keys_of_calls(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for call in [".t(\"", ".ta(\"", ".tn(\"", "texts.get(\"", "texts.with(\"", "texts.count(\""] {
        for rest in source.split(call).skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            if is_key(key) {
                keys.push(key.to_string());
            }
        }
    }
    keys
}

/// Names of the parameters of every macro.
fn macros() -> Macros {
    let source = include_str!("../../templates/macros.html");
    let mut macros = Macros::new();
    for rest in without(source, "{#", "#}").split("{% macro ").skip(1) {
        let (name, rest) = rest.split_once('(').expect("a macro has parameters");
        let (parameters, _) = rest.split_once(") ").expect("a macro's head ends");
        let names = split_arguments(parameters);
        let name_of = |p: &String| p.split('=').next().unwrap_or_default().trim().to_string();
        macros.insert(name.trim().to_string(), names.iter().map(name_of).collect());
    }
    macros
}

/// Keys handed to macros as literals.
fn keys_of_macros(source: &str, macros: &Macros) -> Vec<String> {
    let mut keys = Vec::new();
    for rest in source.split("call m::").skip(1) {
        let Some((name, rest)) = rest.split_once('(') else {
            continue;
        };
        let Some(parameters) = macros.get(name) else { panic!("no macro {name}") };
        let call = rest.split("%}").next().unwrap_or_default().trim_end_matches(['-', ' ']);
        for (place, argument) in split_arguments(call.trim_end_matches(')')).iter().enumerate() {
            let (parameter, value) = match argument.split_once('=') {
                Some((name, value)) if !name.contains(['"', '(']) => (name.trim(), value.trim()),
                _ => {
                    (parameters.get(place).map(String::as_str).unwrap_or_default(), argument.trim())
                }
            };
            let literal = value.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
            if let Some(key) = literal.filter(|k| parameter.ends_with("_key") && !k.is_empty()) {
                keys.push(key.to_string());
            }
        }
    }
    keys
}

/// Splits at the commas that stand outside brackets and quotes.
fn split_arguments(text: &str) -> Vec<String> {
    let (mut depth, mut quoted) = (0, false);
    let mut arguments = vec![String::new()];
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        arguments.last_mut().expect("never empty").push(letter);
    }
    arguments
}

/// Codes of broken rules: made by hand, and those of `validator`'s attributes.
fn codes_of_problems(source: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for call in ["Problem::new(", "Problems::one("] {
        for rest in source.split(call).skip(1) {
            let arguments = split_arguments(rest.split_once(")").map(|(a, _)| a).unwrap_or(rest));
            let code = arguments.get(1).map(|a| a.trim()).unwrap_or_default();
            if let Some(code) = code.strip_prefix('"').and_then(|c| c.strip_suffix('"')) {
                codes.push(code.to_string());
            }
        }
    }
    for rest in source.split("ValidationError::new(\"").skip(1) {
        codes.push(rest.split('"').next().unwrap_or_default().to_string());
    }
    for rule in source.split("#[validate(").skip(1) {
        let rule = rule.split(")]").next().unwrap_or_default();
        let limits = rule.split_once('(').map(|(_, limits)| limits).unwrap_or_default();
        let code = match rule.split(['(', ' ', ',']).next().unwrap_or_default() {
            "length" if limits.contains("min") && limits.contains("max") => "length",
            "length" if limits.contains("min") => "too_short",
            "length" => "too_long",
            name @ ("email" | "url" | "range" | "must_match") => name,
            _ => continue,
        };
        codes.push(code.to_string());
    }
    codes
}

fn literals(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').skip(1).step_by(2)
}

fn is_key(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    text.contains('-') && !text.ends_with('-') && text.chars().all(plain)
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}
