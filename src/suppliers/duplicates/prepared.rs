//! A name taken apart: what sets the company apart, and what it shares with others.

use std::collections::BTreeSet;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

use super::places::{self, Codes, Rank};
use super::words::{self, Sense};
use crate::regions::simplified;
use crate::suppliers::names::{chinese_form, for_each_folded, is_ideograph, is_legal_form};

/// A name as it is compared.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    /// The words that set the company apart, in Latin letters: Chinese ones by their reading.
    pub core: Vec<String>,
    /// Such words in brackets, behind a dash or behind the legal form: a plant, another name.
    pub aside: Vec<String>,
    pub trades: BTreeSet<&'static str>,
    /// The words of the trades as they are written, in the singular.
    pub trade_words: BTreeSet<String>,
    pub numbers: BTreeSet<String>,
    pub places: Vec<Codes>,
    pub is_branch: bool,
    pub is_group: bool,
    /// Nothing sets the company apart but trades and places: `core` holds these.
    pub is_plain: bool,
    /// The ideographs of `core`, "" for a name in Latin letters.
    pub ideographs: String,
}

impl Prepared {
    /// Takes a name apart.
    pub fn of(name: &str) -> Prepared {
        let mut maker = Maker::default();
        let words = cut(name);
        let mut at = 0;
        while at < words.len() {
            at += maker.take(&words[at..]);
        }
        maker.finish()
    }

    /// The words that set the company apart, without spaces.
    pub fn joined(&self) -> String {
        self.core.concat()
    }

    /// The same in alphabetical order.
    pub fn sorted(&self) -> String {
        let mut words: Vec<&str> = self.core.iter().map(String::as_str).collect();
        words.sort_unstable();
        words.concat()
    }
}

/// A word of a name.
#[derive(Debug)]
struct Word {
    text: String,
    is_chinese: bool,
    /// In brackets, or behind a dash.
    is_aside: bool,
}

/// The words of a name: runs of letters and digits, runs of ideographs. Letters that stand alone
/// are joined: "J. M." is "jm".
fn cut(name: &str) -> Vec<Word> {
    let text: String = name.nfkc().map(simplified).collect();
    let mut folded = String::with_capacity(text.len());
    // "Xi'an" and "Xian" are one word.
    let text = text.replace(['\'', '’', '‘', '`'], "");
    for_each_folded(&text, |c| folded.push(c));
    let mut words: Vec<Word> = Vec::new();
    let (mut depth, mut after_dash, mut open, mut last) = (0usize, false, false, ' ');
    for c in folded.chars() {
        let is_chinese = is_ideograph(c);
        match c {
            '(' | '[' | '{' | '【' | '<' => depth += 1,
            ')' | ']' | '}' | '】' | '>' => depth = depth.saturating_sub(1),
            '-' | '–' | '—' if last.is_whitespace() && !words.is_empty() => after_dash = true,
            _ => {}
        }
        last = c;
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        let is_aside = depth > 0 || after_dash;
        match words.last_mut() {
            Some(word) if open && word.is_chinese == is_chinese => word.text.push(c),
            _ => words.push(Word { text: c.to_string(), is_chinese, is_aside }),
        }
        open = true;
    }
    join_letters(words)
}

fn join_letters(words: Vec<Word>) -> Vec<Word> {
    let is_letter =
        |word: &Word| word.text.len() == 1 && word.text.bytes().all(|b| b.is_ascii_lowercase());
    let mut joined: Vec<(Word, bool)> = Vec::with_capacity(words.len());
    for word in words {
        let letter = is_letter(&word);
        match joined.last_mut() {
            Some((last, true)) if letter && last.is_aside == word.is_aside => {
                last.text.push_str(&word.text);
            }
            _ => joined.push((word, letter)),
        }
    }
    joined.into_iter().map(|(word, _)| word).collect()
}

#[derive(Default)]
struct Maker {
    made: Prepared,
    /// Every word but legal forms, for a name that has nothing else.
    all: Vec<String>,
    /// A legal form stood behind the name: what follows is said about it.
    is_over: bool,
    /// A prefecture, or a province that is a city, is among the places.
    has_city: bool,
}

impl Maker {
    /// Takes in the first words; how many.
    fn take(&mut self, words: &[Word]) -> usize {
        let Some(first) = words.first() else { return 1 };
        if first.is_chinese {
            self.chinese(&first.text, first.is_aside);
            return 1;
        }
        if let Some(count) = self.place(words) {
            return count;
        }
        self.latin(first);
        1
    }

    /// "Guang Dong" is one place. Counties count where names begin, and in brackets; several words
    /// are one place only as long as no city is known.
    fn place(&mut self, words: &[Word]) -> Option<usize> {
        let is_aside = words[0].is_aside;
        let leads = self.made.core.is_empty() || is_aside;
        let longest = if is_aside || !self.has_city { 3 } else { 1 };
        for count in (1..=longest.min(words.len())).rev() {
            if words[..count].iter().any(|word| word.is_chinese) {
                continue;
            }
            let text: String = words[..count].iter().map(|word| word.text.as_str()).collect();
            if let Some((rank, codes)) = places::latin(&text)
                && (*rank == Rank::Known || leads)
            {
                self.put_place(codes, text);
                return Some(count);
            }
        }
        self.misspelt_place(words).map(|codes| {
            self.put_place(&codes, words[0].text.clone());
            1
        })
    }

    /// "Wehzhou" in front of a name is Wenzhou, as long as a word of its own follows.
    fn misspelt_place(&self, words: &[Word]) -> Option<Codes> {
        let next = words.get(1)?;
        let is_known = words::latin(&next.text).is_some() || is_legal_form(&next.text);
        if !self.all.is_empty() || next.is_chinese || is_known {
            return None;
        }
        places::misspelt(&words[0].text)
    }

    fn put_place(&mut self, codes: &Codes, word: String) {
        self.has_city |= codes.iter().any(|code| places::is_city(code));
        self.made.places.push(codes.clone());
        self.all.push(word);
    }

    fn latin(&mut self, word: &Word) {
        let text = word.text.as_str();
        if is_legal_form(text) || words::is_legal_form(text) {
            self.is_over |= !self.made.core.is_empty();
            return;
        }
        if let Some(number) = words::number(text) {
            self.made.numbers.insert(number);
            return;
        }
        match words::latin(text) {
            Some(sense) => self.sense(sense, text),
            None => {
                self.all.push(text.to_string());
                self.distinct(text.to_string(), word.is_aside);
            }
        }
    }

    fn sense(&mut self, sense: Sense, written: &str) {
        let word = if let Sense::Trade(trade) = sense { trade } else { written };
        self.all.push(word.to_string());
        match sense {
            Sense::Trade(trade) => {
                self.made.trades.insert(trade);
                self.made.trade_words.insert(written.trim_end_matches('s').to_string());
            }
            Sense::Branch => self.made.is_branch = true,
            Sense::Group => self.made.is_group = true,
            Sense::Weak => {}
        }
    }

    fn distinct(&mut self, word: String, is_aside: bool) {
        let list =
            if is_aside || self.is_over { &mut self.made.aside } else { &mut self.made.core };
        list.push(word);
    }

    /// Takes a run of ideographs apart, the longest known words first.
    fn chinese(&mut self, run: &str, is_aside: bool) {
        let mut rest = run;
        let mut unknown = String::new();
        while let Some(c) = rest.chars().next() {
            let taken = self.known_chinese(rest, unknown.is_empty() || is_aside);
            if let Some(taken) = taken {
                self.reading(&mut unknown, is_aside);
                self.known(taken.what, &rest[..taken.bytes]);
                rest = &rest[taken.bytes..];
                continue;
            }
            unknown.push(c);
            rest = &rest[c.len_utf8()..];
        }
        self.reading(&mut unknown, is_aside);
    }

    fn known_chinese(&self, rest: &str, leads: bool) -> Option<Taken> {
        if let Some(form) = chinese_form(rest) {
            return Some(Taken { bytes: form.len(), what: What::Form });
        }
        let leads = leads && self.made.core.is_empty() || self.is_over;
        if leads && let Some((bytes, codes)) = places::chinese_at_start(rest) {
            return Some(Taken { bytes, what: What::Place(codes) });
        }
        if let Some((number, bytes)) = plant_number(rest) {
            return Some(Taken { bytes, what: What::Number(number) });
        }
        let (word, sense) = words::CHINESE.iter().find(|(word, _)| rest.starts_with(word))?;
        Some(Taken { bytes: word.len(), what: What::Sense(*sense) })
    }

    fn known(&mut self, what: What, text: &str) {
        match what {
            What::Form => self.is_over = true,
            What::Place(codes) => self.put_place(codes, reading(text)),
            What::Number(number) => {
                self.made.numbers.insert(number.to_string());
            }
            What::Sense(sense) => self.sense(sense, text),
        }
    }

    /// Ideographs that are no known word set the company apart, by their reading.
    fn reading(&mut self, unknown: &mut String, is_aside: bool) {
        if unknown.is_empty() {
            return;
        }
        let word = reading(unknown);
        if !is_aside && !self.is_over {
            self.made.ideographs.push_str(unknown);
        }
        self.all.push(word.clone());
        self.distinct(word, is_aside);
        unknown.clear();
    }

    fn finish(mut self) -> Prepared {
        if self.made.core.is_empty() {
            self.made.core = std::mem::take(&mut self.made.aside);
        }
        if self.made.core.is_empty() {
            self.made.core = self.all;
            self.made.is_plain = true;
        }
        self.made
    }
}

/// The reading of ideographs as plain syllables: 样例 → yangli.
fn reading(text: &str) -> String {
    let mut word = String::with_capacity(text.len() * 2);
    for (c, syllable) in text.chars().zip(text.to_pinyin()) {
        match syllable {
            Some(syllable) => word.push_str(&syllable.plain().replace('ü', "v")),
            None => word.push(c),
        }
    }
    word
}

/// A known word at the start of a run of ideographs.
struct Taken {
    bytes: usize,
    what: What,
}

enum What {
    Form,
    Place(&'static Codes),
    Number(u32),
    Sense(Sense),
}

/// 第二… and 二厂, 二分厂: a number and its length in bytes.
fn plant_number(text: &str) -> Option<(u32, usize)> {
    let rest = text.strip_prefix('第').unwrap_or(text);
    let digit = rest.chars().next()?;
    let number = words::chinese_number(digit)?;
    let bytes = text.len() - rest.len() + digit.len_utf8();
    let follows = ["厂", "分厂", "分公司", "工厂", "车间", "号", "公司"];
    let is_ordinal = rest.len() < text.len();
    let is_plant = follows.iter().any(|word| rest[digit.len_utf8()..].starts_with(word));
    (is_ordinal || is_plant).then_some((number, bytes))
}
