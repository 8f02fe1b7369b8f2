//! The words of a letter: from the texts to its subject and its two bodies.

use askama::Template;

use super::{LINK, Letter};
use crate::error::Error;
use crate::texts::Texts;

/// What a letter says. In both bodies [`LINK`] stands in place of the link.
pub(super) struct Words {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The same words as a page for mail programs.
#[derive(Template)]
#[template(path = "notices/letter.html")]
struct Frame<'a> {
    lang: &'a str,
    subject: &'a str,
    greeting: &'a str,
    /// Paragraphs, each of one or more lines.
    paragraphs: Vec<Vec<&'a str>>,
    has_link: bool,
    button: String,
    plain: &'a str,
    sign_off: &'a str,
    register: &'a str,
    why: &'a str,
}

/// Writes a letter in its language. `company` is the name of the company that it is about.
pub(super) fn write(letter: &Letter, company: Option<&str>) -> Result<Words, Error> {
    let texts = letter.language.texts();
    let args: Vec<(&str, String)> =
        letter.args.iter().map(|(name, value)| (*name, harmless(value))).collect();
    let args: Vec<(&str, &str)> =
        args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let subject = one_line(&texts.with(&format!("letter-{}-subject", letter.kind), &args));
    let greeting = greeting(texts, letter.name);
    let why = match company {
        Some(company) => texts.with("letter-why-company", &[("company", &one_line(company))]),
        None => texts.get("letter-why").to_string(),
    };
    let body = texts.with(&format!("letter-{}-body", letter.kind), &args);
    let mut paragraphs: Vec<String> = body.split("\n\n").map(str::to_string).collect();
    paragraphs.extend(letter.lines.iter().map(|line| harmless(line)));
    let html = Frame {
        lang: letter.language.as_str(),
        subject: &subject,
        greeting: &greeting,
        paragraphs: paragraphs.iter().map(|paragraph| paragraph.lines().collect()).collect(),
        has_link: letter.link.is_some(),
        button: button(texts, letter.kind),
        plain: texts.get("letter-plain"),
        sign_off: texts.get("letter-sign-off"),
        register: texts.get("letter-register"),
        why: &why,
    }
    .render()
    .map_err(|e| Error::Internal(format!("a letter was not written: {e}")))?;
    if letter.link.is_some() {
        paragraphs.push(LINK.into());
    }
    paragraphs.insert(0, greeting);
    paragraphs.push(format!("{}\n{}", texts.get("letter-sign-off"), texts.get("letter-register")));
    paragraphs.push(why);
    Ok(Words { subject, text: paragraphs.join("\n\n"), html })
}

fn greeting(texts: &Texts, name: &str) -> String {
    match name.trim() {
        "" => texts.get("letter-greeting-nobody").to_string(),
        name => texts.with("letter-greeting", &[("name", &harmless(name))]),
    }
}

fn button(texts: &Texts, kind: &str) -> String {
    let key = format!("letter-{kind}-button");
    let key = if texts.has(&key) { key.as_str() } else { "letter-open" };
    texts.get(key).to_string()
}

/// What somebody typed cannot stand for the link.
fn harmless(typed: &str) -> String {
    typed.replace(LINK, "link")
}

/// A head of a letter is one line: no second head can begin in it.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Columns of a line of plain text (RFC 5322 recommends at most 78).
const COLUMNS: usize = 72;

/// A text whose lines fit: broken at spaces and between ideographs, which take two columns each.
/// What cannot be broken, as an address cannot, stands on a line as long as it is.
pub(super) fn wrapped(text: &str) -> String {
    text.split('\n').map(wrapped_line).collect::<Vec<_>>().join("\n")
}

fn wrapped_line(line: &str) -> String {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for piece in pieces(line) {
        let width = columns(piece.trim_end());
        if used > 0 && used + width > COLUMNS {
            lines.push(String::new());
            used = 0;
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(piece);
        }
        used += columns(piece);
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// The pieces between which a line may be broken.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, letter) in line.char_indices() {
        let may_break = before.is_some_and(|before| {
            let after_space = before == ' ' && letter != ' ';
            let beside_wide = (is_wide(before) || is_wide(letter)) && letter != ' ';
            after_space || beside_wide && !BEGINNINGS.contains(before) && !ENDS.contains(letter)
        });
        if may_break {
            pieces.push(&line[start..at]);
            start = at;
        }
        before = Some(letter);
    }
    pieces.push(&line[start..]);
    pieces
}

/// Marks that end no line, and marks that begin none.
const BEGINNINGS: &str = "（「『《“‘([";
const ENDS: &str = "，。；：！？、）」』》”’…—,.;:!?)]%";

fn columns(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

/// Ideographs, kana, hangul and full-width marks.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_in_both_languages_and_addresses_stay_whole() {
        let english =
            "Please fill in the registration of your company before the day given. ".repeat(5);
        let chinese =
            "请在规定日期之前填写贵公司的登记资料，如有疑问请联系我们的采购人员。".repeat(5);
        for text in [english, chinese] {
            let wrapped = wrapped(&text);
            assert!(wrapped.lines().count() > 3);
            for line in wrapped.lines() {
                assert!(columns(line) <= COLUMNS + 2, "{line}");
                assert!(!line.starts_with(['，', '。', ' ']), "{line}");
            }
            let together = |text: &str| text.replace(['\n', ' '], "");
            assert_eq!(together(&wrapped), together(&text));
        }
        let address = format!("https://register.example/invitations/{}", "x".repeat(90));
        assert_eq!(wrapped(&address), address);
        assert_eq!(wrapped("one\n\ntwo"), "one\n\ntwo");
    }

    #[test]
    fn a_head_is_one_line() {
        assert_eq!(one_line("Hello\r\nBcc: x@example.com"), "Hello Bcc: x@example.com");
    }
}
