//! Standards in the words of a page.

use super::Standard;
use crate::page::Page;

/// Standards that stand together and have their violation in common.
pub fn groups(lines: &[Standard]) -> Vec<&[Standard]> {
    lines.chunk_by(|one, next| one.violation == next.violation).collect()
}

/// What the violation is called in the page's language.
pub fn name<'a>(page: &Page, line: &'a Standard) -> &'a str {
    page.pick(&line.name_en, &line.name_zh)
}

/// What it is called in the other language.
pub fn other_name<'a>(page: &Page, line: &'a Standard) -> &'a str {
    page.pick(&line.name_zh, &line.name_en)
}

/// What belongs to the measure, "" for nothing.
pub fn note<'a>(page: &Page, line: &'a Standard) -> &'a str {
    page.pick(&line.measure_note_en, &line.measure_note_zh)
}

/// "Suspension": the measure.
pub fn measure(page: &Page, line: &Standard) -> String {
    page.tk("punishment-measure", line.measure.as_str())
}

/// "3 to 12 months".
pub fn term(page: &Page, line: &Standard) -> String {
    let from = line.term_from.to_string();
    match line.term_to {
        None => page.ta("punishment-standard-term-open", &[("from", &from)]),
        Some(0) => page.t("punishment-standard-term-none").to_string(),
        Some(to) if to == line.term_from => page.tn("punishment-standard-months", to),
        Some(to) => {
            let to = to.to_string();
            page.ta("punishment-standard-term-range", &[("from", &from), ("to", &to)])
        }
    }
}

/// What happens to orders.
pub fn orders(page: &Page, line: &Standard) -> String {
    page.tk("punishment-orders", line.orders.as_str())
}

/// "Whom it may hold: The whole group".
pub fn reach(page: &Page, line: &Standard) -> String {
    let reach = page.tk("punishment-reach", line.reach.as_str());
    page.ta("punishment-standard-reach", &[("reach", &reach)])
}

/// How long an interim measure lasts at most, or that there is none.
pub fn interim(page: &Page, line: &Standard) -> String {
    match line.interim_days {
        0 => page.t("punishment-standard-interim-none").to_string(),
        days => page.tn("punishment-standard-interim-most", days),
    }
}

/// "Notice 5, reply 10, appeal 15".
pub fn days(page: &Page, line: &Standard) -> String {
    let days = [line.notice_days, line.reply_days, line.appeal_days].map(|days| days.to_string());
    let [notice, reply, appeal] = &days;
    page.ta(
        "punishment-standard-days-all",
        &[("notice", notice), ("reply", reply), ("appeal", appeal)],
    )
}

/// "Major: Suspension, 3 to 12 months".
pub fn short(page: &Page, line: &Standard) -> String {
    let severity = page.tk("finding-severity", line.severity.as_str());
    let (measure, term) = (measure(page, line), term(page, line));
    page.ta(
        "punishment-standard-short",
        &[("severity", &severity), ("measure", &measure), ("term", &term)],
    )
}

/// Everything that a standard says beside its violation and severity: what it is called, and what it is.
pub fn facts(page: &Page, line: &Standard) -> Vec<(String, String)> {
    let measure = match note(page, line) {
        "" => measure(page, line),
        note => page.ta(
            "punishment-standard-measure-with",
            &[("measure", &measure(page, line)), ("note", note)],
        ),
    };
    let days = |days: i64| page.tn("punishment-standard-days", days);
    let yes_no = |is_so: bool| page.t(if is_so { "audit-yes" } else { "audit-no" }).to_string();
    let all = [
        ("measure", measure),
        ("term", term(page, line)),
        ("reach", page.tk("punishment-reach", line.reach.as_str())),
        ("orders", orders(page, line)),
        ("data", yes_no(line.bars_data)),
        ("body", page.tk("punishment-body", line.body.as_str())),
        ("notice", days(line.notice_days)),
        ("reply", days(line.reply_days)),
        ("appeal", days(line.appeal_days)),
        ("interim", interim(page, line)),
        ("release", page.tk("punishment-release", line.release.as_str())),
        ("anew", yes_no(line.recertifies)),
        ("points", line.points.to_string()),
    ];
    let named = |(key, text): (&str, String)| (page.tk("punishment-standard-fact", key), text);
    all.into_iter().map(named).collect()
}

/// The facts in which two standards of a violation and severity differ: what it is, before, and after.
pub fn differing(
    page: &Page,
    before: &Standard,
    after: &Standard,
) -> Vec<(String, String, String)> {
    let of = |line: &Standard| {
        // Texts in both languages: a change of one of them is a change.
        let names = format!("{} · {}", line.name_en, line.name_zh);
        let notes = match line.measure_note_en.as_str() {
            "" => String::new(),
            note => format!("{note} · {}", line.measure_note_zh),
        };
        let mut all = facts(page, line);
        if let Some((_, text)) = all.first_mut() {
            *text = measure(page, line);
        }
        all.push((page.t("punishment-standard-fact-note").to_string(), notes));
        all.push((page.t("punishment-standard-fact-name").to_string(), names));
        all
    };
    let pairs = of(before).into_iter().zip(of(after));
    let both = pairs.map(|((label, before), (_, after))| (label, before, after));
    both.filter(|(_, before, after)| before != after).collect()
}
