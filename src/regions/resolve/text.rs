//! Folding a text and cutting it into words.
//!
//! Folding: NFKC (full-width forms), marks off (`ü` → `u`), lower case,
//! traditional characters to simplified ones. The
//! letters of all words are kept in one buffer with nothing in between, so the
//! window "dong guan" is simply the slice `dongguan`: no copies for look-ups.

use super::super::table;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded text and its words.
#[derive(Debug, Default)]
pub struct Text {
    letters: String,
    /// Its words in order.
    pub words: Vec<Word>,
}

/// One word; positions are byte offsets into the letters of its [`Text`].
#[derive(Debug, Clone, Copy)]
pub struct Word {
    start: usize,
    end: usize,
    /// Number of the part between commas and the like.
    pub segment: u32,
    /// What it is made of.
    pub kind: Kind,
    /// An apostrophe inside, as in `Xi'an`.
    pub apostrophe: bool,
}

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters of an alphabet.
    Latin,
    /// Digits, and what follows them without a space: `6th`, `10a`.
    Number,
    /// A run of Chinese characters with the digits inside it.
    Han,
}

impl Text {
    /// Folds and cuts a text.
    pub fn parse(text: &str) -> Self {
        let mut cutter = Cutter {
            text: Self {
                letters: String::with_capacity(text.len() + 8),
                words: Vec::with_capacity(text.len() / 5 + 1),
            },
            segment: 0,
            open: false,
        };
        if text.is_ascii() {
            text.bytes().for_each(|byte| cutter.push(char::from(byte)));
        } else {
            let folded = text.nfkc().nfd().filter(|c| !is_combining_mark(*c)).nfc();
            folded.for_each(|c| cutter.push(c));
        }
        cutter.text
    }

    /// The folded letters of a whole text, as names are keyed.
    pub fn key(text: &str) -> String {
        Self::parse(text).letters
    }

    /// The letters of the words `from..to`, or nothing when out of range.
    pub fn slice(&self, from: usize, to: usize) -> &str {
        match (self.words.get(from), to.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => self.letters.get(first.start..last.end).unwrap_or(""),
            _ => "",
        }
    }

    /// The letters of one word.
    pub fn word(&self, position: usize) -> &str {
        self.slice(position, position + 1)
    }

    /// First position after the segment that `position` is in.
    pub fn segment_end(&self, position: usize) -> usize {
        let Some(word) = self.words.get(position) else {
            return self.words.len();
        };
        let rest = &self.words[position..];
        position + rest.iter().take_while(|other| other.segment == word.segment).count()
    }
}

struct Cutter {
    text: Text,
    segment: u32,
    /// Whether the next letter continues the last word.
    open: bool,
}

impl Cutter {
    fn push(&mut self, c: char) {
        if is_han(c) {
            self.letter(simplified(c), Kind::Han);
        } else if c.is_ascii_digit() {
            self.letter(c, Kind::Number);
        } else if c.is_alphabetic() {
            for lower in c.to_lowercase() {
                self.letter(lower, Kind::Latin);
            }
        } else if matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ') {
            if self.open
                && let Some(word) = self.text.words.last_mut()
            {
                word.apostrophe = true;
            }
        } else if c.is_whitespace() && c != '\n' || matches!(c, '-' | '&' | '·' | '•' | '_') {
            self.open = false;
        } else {
            self.stop(c);
        }
    }

    /// A mark that ends the segment; the dot of an initial (`P.R.`) or of a
    /// number (`Fuzhou No. 2 Road`) does not.
    fn stop(&mut self, c: char) {
        self.open = false;
        let letters = &self.text.letters;
        let abbreviation = |word: &Word| {
            let length = word.end - word.start;
            word.kind == Kind::Latin && length == 1 || &letters[word.start..word.end] == "no"
        };
        if c != '.' || !self.text.words.last().is_some_and(abbreviation) {
            self.segment += 1;
        }
    }

    fn letter(&mut self, c: char, kind: Kind) {
        let start = self.text.letters.len();
        self.text.letters.push(c);
        let end = self.text.letters.len();
        if self.open
            && let Some(word) = self.text.words.last_mut()
        {
            let joins = word.kind == kind
                || matches!(
                    (word.kind, kind),
                    (Kind::Number, Kind::Latin) | (Kind::Han, Kind::Number)
                );
            if joins {
                word.end = end;
                return;
            }
        }
        self.open = true;
        let segment = self.segment;
        let word = Word { start, end, segment, kind, apostrophe: false };
        self.text.words.push(word);
    }
}

/// The simplified form of a traditional character of our place names: 廣 → 广.
/// The table is made with OpenCC's (Apache-2.0) and sorted by code point.
pub fn simplified(c: char) -> char {
    static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let rows = table(include_str!("../data/traditional.csv")).into_iter();
        rows.filter_map(|row| Some((row.first()?.parse().ok()?, row.get(1)?.parse().ok()?)))
            .collect()
    });
    let found = PAIRS.binary_search_by_key(&c, |(traditional, _)| *traditional);
    found.map_or(c, |position| PAIRS[position].1)
}

/// CJK unified ideographs with extension A and the compatibility block.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let text = Text::parse(text);
        (0..text.words.len()).map(|position| text.word(position).to_owned()).collect()
    }

    #[test]
    fn spellings_of_one_name_fold_to_one_key() {
        for text in ["Xi'an", "XI’AN", "Xi-an", "xi an", "Ｘｉ＇ａｎ", "Xī'ān"] {
            assert_eq!(Text::key(text), "xian", "{text}");
        }
        assert_eq!(Text::key("Lüliang"), "luliang");
        assert_eq!(Text::key("廣東省臺灣"), "广东省台湾");
    }

    #[test]
    fn words_and_segments_are_cut_at_marks() {
        assert_eq!(words("No.8,P.R.China"), ["no", "8", "p", "r", "china"]);
        assert_eq!(words("南京路12号, 5F"), ["南京路12号", "5f"]);
        let text = Text::parse("Suzhou，Jiangsu. P.R. China");
        let segments: Vec<_> = text.words.iter().map(|word| word.segment).collect();
        assert_eq!(segments, [0, 1, 2, 2, 2]);
        assert_eq!(text.segment_end(2), 5);
        assert_eq!(text.slice(2, 5), "prchina");
        assert_eq!(text.slice(3, 99), "");
    }
}
