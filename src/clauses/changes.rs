//! What differs between two texts: by lines, and by words within the lines that changed.

use std::time::Duration;

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff};

/// Unchanged lines that stand around a change.
const AROUND: usize = 2;
/// How long a comparison may look for the shortest answer; then it takes one that is right as well.
const PATIENCE: Duration = Duration::from_millis(400);

/// A part of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// So many unchanged lines are left out.
    Skipped(i64),
    Same(String),
    /// Lines that changed, word by word.
    Changed(Vec<Piece>),
}

/// Words that were kept, taken out or put in.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub tag: Tag,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tag {
    Kept,
    Removed,
    Added,
}

impl Part {
    pub fn skipped(&self) -> Option<i64> {
        match self {
            Part::Skipped(lines) => Some(*lines),
            _ => None,
        }
    }

    pub fn same(&self) -> Option<&str> {
        match self {
            Part::Same(text) => Some(text),
            _ => None,
        }
    }

    pub fn pieces(&self) -> &[Piece] {
        match self {
            Part::Changed(pieces) => pieces,
            _ => &[],
        }
    }
}

impl Piece {
    pub fn is_removed(&self) -> bool {
        self.tag == Tag::Removed
    }

    pub fn is_added(&self) -> bool {
        self.tag == Tag::Added
    }
}

/// Compares two texts; nothing when they are the same.
pub fn compare(before: &str, after: &str) -> Vec<Part> {
    if before == after {
        return Vec::new();
    }
    let lines = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .timeout(PATIENCE)
        .diff_lines(before, after);
    let mut parts = Vec::new();
    let mut shown = 0;
    for op in lines.grouped_ops(AROUND).into_iter().flatten() {
        let old = op.old_range();
        skip(&mut parts, old.start.saturating_sub(shown));
        shown = old.end;
        match op {
            DiffOp::Equal { .. } => {
                parts.extend(lines.old_slices()[old].iter().map(|line| Part::Same(trimmed(line))));
            }
            _ => {
                let old = lines.old_slices()[old].concat();
                let new = lines.new_slices()[op.new_range()].concat();
                parts.push(Part::Changed(words(&old, &new)));
            }
        }
    }
    skip(&mut parts, lines.old_slices().len().saturating_sub(shown));
    parts
}

fn skip(parts: &mut Vec<Part>, lines: usize) {
    if lines > 0 {
        parts.push(Part::Skipped(lines as i64));
    }
}

fn trimmed(line: &str) -> String {
    line.trim_end_matches('\n').to_string()
}

/// Compares lines word by word: an ideograph is a word.
fn words(old: &str, new: &str) -> Vec<Piece> {
    let (old, new) = (trimmed(old), trimmed(new));
    let diff = TextDiff::configure().timeout(PATIENCE).diff_unicode_words(&old, &new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let tag = match change.tag() {
            ChangeTag::Equal => Tag::Kept,
            ChangeTag::Delete => Tag::Removed,
            ChangeTag::Insert => Tag::Added,
        };
        match pieces.last_mut() {
            Some(last) if last.tag == tag => last.text.push_str(change.value()),
            _ => pieces.push(Piece { tag, text: change.value().into() }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> String {
        let part = |part: &Part| match part {
            Part::Skipped(lines) => format!("…{lines}"),
            Part::Same(text) => text.clone(),
            Part::Changed(pieces) => pieces
                .iter()
                .map(|piece| match piece.tag {
                    Tag::Kept => piece.text.clone(),
                    Tag::Removed => format!("[-{}-]", piece.text),
                    Tag::Added => format!("[+{}+]", piece.text),
                })
                .collect(),
        };
        compare(before, after).iter().map(part).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn words_that_changed_are_told_from_those_that_did_not() {
        assert_eq!(marked("a\n", "a\n"), "");
        assert_eq!(
            marked(
                "1\n2\n3\n4\nWe pay in 30 days.\n5\n6\n7\n",
                "1\n2\n3\n4\nWe pay in 10 days.\n5\n6\n7\n"
            ),
            "…2|3|4|We pay in [-30-][+10+] days.|5|6|…1"
        );
        assert_eq!(marked("我方三十日内付款。\n", "我方十日内付款。\n"), "我方[-三-]十日内付款。");
        assert_eq!(marked("a\n", "a\nb\n"), "a|[+b+]");
        assert_eq!(marked("a\nb\n", "a\n"), "a|[-b-]");
    }

    #[test]
    fn both_texts_can_be_read_out_of_a_comparison() {
        let before = "# One\n\nWe promise nothing.\n\nWe pay.\n";
        let after = "# One\n\nWe promise something new.\n- and this\n\nWe pay late.\n";
        let read = |left_out: Tag| -> String {
            let line = |part: &Part| match part {
                Part::Same(text) => text.clone(),
                Part::Changed(pieces) => {
                    let kept = pieces.iter().filter(|piece| piece.tag != left_out);
                    kept.map(|piece| piece.text.as_str()).collect()
                }
                Part::Skipped(_) => unreachable!("texts this short are shown whole"),
            };
            compare(before, after).iter().map(|part| line(part) + "\n").collect()
        };
        assert_eq!((read(Tag::Added), read(Tag::Removed)), (before.into(), after.into()));
    }

    #[test]
    fn long_texts_that_have_nothing_in_common_are_compared_in_time() {
        let long = |word: &str| (0..8_000).map(|n| format!("{word}{n} ")).collect::<String>();
        let begun = std::time::Instant::now();
        assert!(!compare(&long("a"), &long("b")).is_empty());
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }
}
