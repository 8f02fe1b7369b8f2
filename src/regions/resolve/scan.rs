//! Finding place names in a text, and how much each find weighs.

use super::names::{Level, Meaning, longest, meanings};
use super::text::{Kind, Text};
use super::words::{
    Suffix, glued_suffix, han_names_something_else, is_named_zone, is_road, is_road_modifier,
    is_trailer, is_zone, suffix,
};

/// How much a find weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Shown to a person, never decisive: a name in the road part.
    Mentioned,
    /// Counts where nothing better is there.
    Weak,
    /// Stands where addresses name the place.
    Strong,
}

/// A place name found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Hit {
    /// What the name can mean.
    pub meanings: &'static [Meaning],
    /// First word.
    pub from: usize,
    /// Word after the last, suffix included.
    pub to: usize,
    /// Its weight.
    pub weight: Weight,
    /// "District" and the like after the name.
    pub suffix: Option<Suffix>,
    /// Part of the unbroken row of places at the general end of the address:
    /// the last words in English, the first characters in Chinese.
    pub general: bool,
    /// Written in Chinese characters.
    pub han: bool,
    /// Letters of the name.
    pub len: usize,
}

/// Most words that one name is spelt with: "Nei Meng Gu …".
const MOST_WORDS: usize = 5;
/// Longest Chinese name in characters that is looked up.
const MOST_CHARACTERS: usize = 12;

/// All place names of a text, in order.
pub fn scan(text: &Text) -> Vec<Hit> {
    let mut hits = Vec::with_capacity(4);
    let mut position = 0;
    while let Some(word) = text.words.get(position) {
        position = match word.kind {
            Kind::Number => position + 1,
            Kind::Han => {
                scan_han(text.word(position), position, &mut hits);
                position + 1
            }
            Kind::Latin => scan_latin(text, position, &mut hits),
        };
    }
    weigh(text, &mut hits);
    hits
}

/// Looks for a name from `position` on, longest first; returns where to go on.
fn scan_latin(text: &Text, position: usize, hits: &mut Vec<Hit>) -> usize {
    let end = text.segment_end(position);
    let latin = |at: &usize| text.words[*at].kind == Kind::Latin;
    let most = (position..end.min(position + MOST_WORDS)).take_while(latin).count();
    for words in (1..=most).rev() {
        let name = text.slice(position, position + words);
        if name.len() < 3 || name.len() > longest() {
            continue;
        }
        if let Some(meanings) = meanings(name) {
            let after = position + words;
            return add_latin(text, Find { meanings, position, after, end, suffix: None }, hits);
        }
    }
    if let Some((name, suffix)) = glued_suffix(text.word(position))
        && let Some(meanings) = meanings(name)
    {
        let after = position + 1;
        let find = Find { meanings, position, after, end, suffix: Some(suffix) };
        return add_latin(text, find, hits);
    }
    position + 1
}

struct Find {
    meanings: &'static [Meaning],
    position: usize,
    after: usize,
    end: usize,
    suffix: Option<Suffix>,
}

/// Judges a name by the words after it; returns where to go on.
fn add_latin(text: &Text, find: Find, hits: &mut Vec<Hit>) -> usize {
    let Find { meanings, position, after, end, .. } = find;
    let (suffix, to) = match find.suffix {
        Some(suffix) => (Some(suffix), after),
        None => suffix_at(text, after, end, meanings),
    };
    let is_province = meanings.iter().any(|meaning| meaning.level == Level::Province);
    if suffix == Some(Suffix::Town) || suffix == Some(Suffix::County) && is_province {
        return to;
    }
    if suffix.is_none() && names_a_road(text, after, end) {
        return after;
    }
    let next = if suffix.is_none() && after < end { text.word(after) } else { "" };
    let county_only = meanings.iter().all(|meaning| meaning.level == Level::County);
    let in_road_part = suffix.is_none() && (after..end).any(|at| is_road(text.word(at)));
    let weight = if in_road_part || county_only && is_named_zone(next) {
        Weight::Mentioned
    } else if suffix.is_some() && !is_zone(if to < end { text.word(to) } else { "" }) {
        Weight::Strong
    } else {
        Weight::Weak
    };
    let len = text.slice(position, after).len();
    hits.push(Hit {
        meanings,
        from: position,
        to,
        weight,
        suffix,
        general: false,
        han: false,
        len,
    });
    to
}

/// The administrative suffix at `after`, and the position behind it.
fn suffix_at(
    text: &Text,
    after: usize,
    end: usize,
    meanings: &[Meaning],
) -> (Option<Suffix>, usize) {
    if after >= end {
        return (None, after);
    }
    let next = if after + 1 < end { text.word(after + 1) } else { "" };
    match (text.word(after), next) {
        ("new", "district" | "area") => return (Some(Suffix::County), after + 2),
        ("autonomous", "region") => return (Some(Suffix::Province), after + 2),
        ("autonomous", "county" | "prefecture") => return (Some(Suffix::County), after + 2),
        ("economic" | "town", "") => return (Some(Suffix::Town), after + 1),
        // "Shaanxi Xian" is a city of that province, "Huantai Xian" a county.
        ("xian", _) if text.words[after].apostrophe => return (None, after),
        ("xian", _) if meanings.iter().any(|meaning| meaning.level == Level::Province) => {
            return (None, after);
        }
        _ => {}
    }
    match suffix(text.word(after)) {
        // "Xinxing Country Garden", "Suzhou City Plaza"
        Some(_) if is_road(next) => (None, after),
        Some(suffix) => (Some(suffix), after + 1),
        None => (None, after),
    }
}

/// Whether the words from `after` on make the name that of a road or building.
fn names_a_road(text: &Text, after: usize, end: usize) -> bool {
    let modifier =
        |at: &usize| text.words[*at].kind == Kind::Number || is_road_modifier(text.word(*at));
    let skipped = (after..end.min(after + 4)).take_while(modifier).count();
    after + skipped < end && is_road(text.word(after + skipped))
}

/// Finds names in a run of Chinese characters. At its start short names count
/// (浙江宁波…); further in only full ones (…宁波市…), since 中山 may be anything.
fn scan_han(run: &str, word: usize, hits: &mut Vec<Hit>) {
    let ends: Vec<usize> = run.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let start_of = |at: usize| if at == 0 { 0 } else { ends[at - 1] };
    let mut leading = true;
    let mut at = 0;
    for country in ["中华人民共和国", "中国"] {
        if run.starts_with(country) {
            at = country.chars().count();
            break;
        }
    }
    while at < ends.len() {
        let start = start_of(at);
        let most = MOST_CHARACTERS.min(ends.len() - at);
        let found = (2..=most).rev().find_map(|length| {
            let name = &run[start..ends[at + length - 1]];
            let full = length > 2 && name.ends_with(['省', '市', '区', '县', '旗', '州', '盟']);
            if !leading && !full {
                return None;
            }
            meanings(name).map(|meanings| (length, full, meanings))
        });
        let Some((length, full, meanings)) = found else {
            leading = false;
            at += 1;
            continue;
        };
        let after = &run[ends[at + length - 1]..];
        at += length;
        if han_names_something_else(after, full) {
            leading = false;
            continue;
        }
        hits.push(Hit {
            meanings,
            from: word,
            to: word + 1,
            weight: Weight::Strong,
            suffix: None,
            general: leading,
            han: true,
            len: length,
        });
    }
}

/// Raises the hits that stand in the row of places at the end of a segment or
/// of the whole text, and those written directly before a strong one.
fn weigh(text: &Text, hits: &mut [Hit]) {
    let mut end = text.words.len();
    let mut general = true;
    while end > 0 {
        let first = first_of_segment(text, end);
        let mut at = end;
        while at > first {
            let ends_here = |hit: &&mut Hit| !hit.han && hit.to == at;
            if let Some(hit) = hits.iter_mut().find(ends_here) {
                if hit.weight != Weight::Mentioned {
                    hit.weight = Weight::Strong;
                }
                hit.general |= general;
                at = hit.from;
            } else if text.words[at - 1].kind == Kind::Number || is_trailer(text.word(at - 1)) {
                at -= 1;
            } else {
                break;
            }
        }
        general &= at == first;
        end = first;
    }
    for position in (1..hits.len()).rev() {
        let next = hits[position];
        let hit = &mut hits[position - 1];
        if next.weight == Weight::Strong && !next.han && hit.to == next.from {
            hit.weight = Weight::Strong;
        }
    }
}

fn first_of_segment(text: &Text, end: usize) -> usize {
    let segment = text.words[end - 1].segment;
    let before = text.words[..end].iter().rev();
    end - before.take_while(|word| word.segment == segment).count()
}
