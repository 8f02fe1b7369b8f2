//! Names of companies: comparing, searching and ordering them in either script.
//!
//! Everything here runs for every imported row, so plain ASCII takes a path of its own and nothing
//! is allocated per word.

mod legal_forms;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The key by which two spellings of one company's name compare equal.
///
/// NFKC and lower case; "&" reads "and"; punctuation, spaces and the legal forms at either end
/// ("Co., Ltd.", "GmbH", "有限公司") are dropped; what stands in brackets stays, since it often tells
/// two branches apart. Never empty for a name with a letter or digit: a name that is nothing but
/// legal forms keeps them, and one of pure punctuation is kept as folded.
pub fn name_key(name: &str) -> String {
    let mut words = Words::with_capacity(name.len());
    if name.is_ascii() {
        name.chars().for_each(|c| words.push(c.to_ascii_lowercase()));
    } else {
        name.nfkc().flat_map(char::to_lowercase).for_each(|c| words.push(c));
    }
    let key = legal_forms::strip(&words.text, &words.starts);
    if !key.is_empty() {
        return key.to_owned();
    }
    if !words.text.is_empty() {
        return words.text;
    }
    name.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

/// Words written one after the other, and where each begins.
struct Words {
    text: String,
    starts: Vec<usize>,
    last: Class,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Gap,
    Letter,
    Ideograph,
}

impl Words {
    fn with_capacity(bytes: usize) -> Words {
        Words {
            text: String::with_capacity(bytes + 4),
            starts: Vec::with_capacity(16),
            last: Class::Gap,
        }
    }

    fn push(&mut self, c: char) {
        let class = class_of(c);
        if class == Class::Gap {
            if c == '&' {
                self.starts.push(self.text.len());
                self.text.push_str("and");
            }
            // "O'Neill" and "ONeill" are one word.
            if c != '\'' && c != '’' {
                self.last = Class::Gap;
            }
            return;
        }
        if class != self.last {
            self.starts.push(self.text.len());
        }
        self.text.push(c);
        self.last = class;
    }
}

/// True for a word in lower case that is a legal form, or the last part of one: "ltd", "gmbh".
pub(super) fn is_legal_form(word: &str) -> bool {
    legal_forms::is_form(word)
}

/// The Chinese legal form that `text` begins with, if it does.
pub(super) fn chinese_form(text: &str) -> Option<&'static str> {
    legal_forms::chinese_at_start(text)
}

fn class_of(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Letter } else { Class::Gap };
    }
    if is_ideograph(c) {
        return Class::Ideograph;
    }
    if c.is_alphanumeric() || is_combining_mark(c) { Class::Letter } else { Class::Gap }
}

/// CJK ideographs: the unified blocks with their extensions A to J, the compatibility blocks and 〇.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{33479}')
}

/// The text as it is searched: each word preceded by two spaces, each CJK ideograph between two
/// `X`.
///
/// The form suits an index of three-letter pieces, which could not find one or two ideographs:
/// "浙江" becomes "  X浙X江X", and its pieces are each ideograph ("X浙X") and each pair ("浙X江"), so
/// that a word leads straight to the few names that hold its pairs. NFKD without combining marks,
/// lower case (no letter of a name is taken for the `X`); whatever is neither a letter nor a digit
/// separates words, and so does the change between ideographs and letters.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() * 2 + 2);
    fold_onto(&mut folded, text);
    folded
}

fn fold_onto(folded: &mut String, text: &str) {
    let mut last = Class::Gap;
    if text.is_ascii() {
        for c in text.chars() {
            push_folded(folded, &mut last, c.to_ascii_lowercase());
        }
        return;
    }
    for_each_folded(text, |c| push_folded(folded, &mut last, c));
}

fn push_folded(folded: &mut String, last: &mut Class, c: char) {
    let class = class_of(c);
    if class != *last && class != Class::Gap {
        folded.push_str("  ");
        if class == Class::Ideograph {
            folded.push(BETWEEN);
        }
    }
    *last = class;
    match class {
        Class::Gap => {}
        Class::Letter => folded.push(c),
        Class::Ideograph => folded.extend([c, BETWEEN]),
    }
}

/// Stands around each ideograph of a folded text.
const BETWEEN: char = 'X';

/// Lower case without accents; the letters that Unicode does not take apart are spelt out as
/// people type them.
pub(super) fn for_each_folded(text: &str, mut each: impl FnMut(char)) {
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' => each(c),
            'ß' => "ss".chars().for_each(&mut each),
            'æ' => "ae".chars().for_each(&mut each),
            'œ' => "oe".chars().for_each(&mut each),
            'ø' => each('o'),
            'ł' => each('l'),
            'đ' => each('d'),
            'ı' => each('i'),
            'ς' => each('σ'),
            '\'' | '’' => each(' '),
            _ if is_combining_mark(c) => {}
            _ => each(c),
        }
    }
}

/// The most terms of one query that are looked for.
const MAX_TERMS: usize = 6;
/// The most characters of one term that are looked at.
const MAX_TERM_CHARS: usize = 60;

/// The terms of a query, to be found as substrings of a folded text.
///
/// Terms are split at white space. One shorter than three characters is looked for at the start of
/// a word ("  li"), a longer one anywhere. At most six terms of 60 characters. The terms hold
/// letters, digits and spaces only, so no quote or operator of a search language survives.
pub fn search_terms(query: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::with_capacity(MAX_TERMS);
    for word in query.split_whitespace() {
        let end = word.char_indices().nth(MAX_TERM_CHARS).map_or(word.len(), |(at, _)| at);
        let word = &word[..end];
        // The text holds a supplier's code, S-000123, as one word.
        let folded = if is_code(word) { fold(&word.replace('-', "")) } else { fold(word) };
        let found_anywhere = folded.trim_start();
        let term = match found_anywhere.chars().take(3).count() {
            0 => continue,
            1 | 2 => folded,
            _ => found_anywhere.to_owned(),
        };
        if !terms.contains(&term) {
            terms.push(term);
        }
        if terms.len() == MAX_TERMS {
            break;
        }
    }
    terms
}

fn is_code(word: &str) -> bool {
    let digits = word.strip_prefix("S-").or(word.strip_prefix("s-"));
    digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()))
}

/// The most characters of a sort key.
const SORT_KEY_CHARS: usize = 64;

/// The text by which names are ordered: lower case without accents and punctuation, one space
/// between words, ideographs as they are, at most 64 characters.
pub fn sort_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len().min(4 * SORT_KEY_CHARS));
    let (mut chars, mut after_gap) = (0, false);
    for_each_folded(name, |c| {
        if class_of(c) == Class::Gap {
            after_gap = true;
            return;
        }
        if after_gap && chars > 0 && chars + 1 < SORT_KEY_CHARS {
            key.push(' ');
            chars += 1;
        }
        after_gap = false;
        if chars < SORT_KEY_CHARS {
            key.push(c);
            chars += 1;
        }
    });
    key
}

#[cfg(test)]
mod tests;
