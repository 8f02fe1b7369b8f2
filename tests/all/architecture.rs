//! The rules of the house that the compiler does not check.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms whose rules know nothing of HTTP.
const NOUNS: &[&str] = &[
    "audit",
    "categories",
    "certification",
    "clauses",
    "demo",
    "documents",
    "expiry",
    "home",
    "imports",
    "inspections",
    "notices",
    "onboarding",
    "proof",
    "punishments",
    "regions",
    "reports",
    "scheduler",
    "suppliers",
    "webhooks",
];

/// Lines in a file, at most.
const LONGEST: usize = 400;

/// Files in which something impossible ends the program, each time with the reason.
const MAY_EXPECT: &[&str] = &[
    "src/db/writer.rs",
    "src/page/forms_in.rs",
    "src/page/origin.rs",
    "src/texts.rs",
    "src/values.rs",
];

/// A source file: its path from the project's folder, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The text without the tests at its end.
    fn code(&self) -> &str {
        if self.path.contains("/tests") {
            return "";
        }
        self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
    }
}

fn files(folder: &str, extension: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.push(File { path, text });
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// The lines of `files` in which one of `words` stands.
fn lines_with(files: &[File], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let lines = file.code().lines().filter(|line| !line.trim_start().starts_with("//"));
        let hits = lines.filter(|line| words.iter().any(|word| line.contains(word)));
        found.extend(hits.map(|line| format!("{}: {}", file.path, line.trim())));
    }
    found
}

fn nothing(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn only_the_database_room_names_a_backend() {
    let mut others = files("src", "rs");
    others.retain(|file| !file.path.starts_with("src/db/"));
    nothing(lines_with(
        &others,
        &["SqliteConnection", "PgConnection", "AnyConnection::Sqlite", "AnyConnection::Postgres"],
    ));
}

#[test]
fn the_rules_of_a_noun_know_no_http() {
    let mut rules = files("src", "rs");
    rules.retain(|file| {
        let room = file.path.split('/').nth(1).unwrap_or_default();
        let name = file.path.rsplit('/').next().unwrap_or_default();
        // Routes and the API answer requests; a query is the address of a page; work goes on behind
        // them; a letter's HTML comes from a template.
        let speaks_http = name.starts_with("routes")
            || ["query.rs", "work.rs", "api.rs", "letter.rs"].contains(&name)
            || file.path.contains("/routes/")
            || file.path.contains("/portal/")
            || file.path.contains("/api/");
        NOUNS.contains(&room) && !speaks_http
    });
    nothing(lines_with(&rules, &["rocket::", "askama", "Redirect"]));
}

#[test]
fn nobody_uses_the_routes_of_a_noun_but_the_table_of_contents() {
    let mut others = files("src", "rs");
    others.retain(|file| file.path != "src/lib.rs");
    let foreign: Vec<String> = NOUNS
        .iter()
        .flat_map(|noun| [format!("crate::{noun}::routes"), format!("crate::{noun}::api")])
        .collect();
    let foreign: Vec<&str> = foreign.iter().map(String::as_str).collect();
    nothing(lines_with(&others, &foreign));
}

#[test]
fn no_file_is_too_long_to_read_in_one_sitting() {
    let too_long =
        [files("src", "rs"), files("tests", "rs")].into_iter().flatten().filter_map(|file| {
            let lines = file.text.lines().count();
            (lines > LONGEST).then(|| format!("{}: {lines} lines", file.path))
        });
    nothing(too_long.collect());
}

#[test]
fn templates_escape_everything_and_hold_no_code_of_the_browser() {
    let mut found = Vec::new();
    for file in files("templates", "html") {
        // Mail programs take styles at the elements only. No browser gets this one from us.
        let is_letter = file.path == "templates/notices/letter.html";
        for line in file.text.lines() {
            let tight = line.replace(' ', "");
            let unsafe_text = tight.contains("|safe") || tight.contains("escape=\"none\"");
            let inline = line.contains(" style=\"") && !is_letter
                || line.contains("<style")
                || line.contains(" onclick=")
                || line.contains("javascript:")
                || line.contains("<script") && !line.contains("<script src=\"/static/");
            if unsafe_text || inline {
                found.push(format!("{}: {}", file.path, line.trim()));
            }
        }
    }
    nothing(found);
}

#[test]
fn the_program_does_not_give_up_where_it_could_answer() {
    let all = files("src", "rs");
    nothing(lines_with(&all, &[".unwrap()", "todo!(", "unimplemented!(", "dbg!("]));
    let mut others = all;
    others.retain(|file| !MAY_EXPECT.contains(&file.path.as_str()));
    nothing(lines_with(&others, &[".expect("]));
}
