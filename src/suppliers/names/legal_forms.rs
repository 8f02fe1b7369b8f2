//! Legal forms at the ends of company names.
//!
//! The list holds the forms met in public lists of factories and suppliers; it is general
//! knowledge, not a norm. Abbreviations are matched after their letters were joined, so "S.r.l.",
//! "S R L" and "SRL" are one form.

/// The most words that one form is written with ("GmbH & Co. KG" without its last word, "s. r. o.").
const MAX_FORM_WORDS: usize = 4;
/// The longest form, in bytes; longer tails need no look-up.
const MAX_FORM_BYTES: usize = 22;

/// Forms that follow the name.
const TRAILING: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bhd",
    "bv",
    "bvba",
    "cjsc",
    "co",
    "company",
    "coop",
    "corp",
    "corporation",
    "cv",
    "doo",
    "ehf",
    "eirl",
    "fze",
    "fzco",
    "gesmbh",
    "gmbh",
    "gmbhandco",
    "gmbhundco",
    "hf",
    "inc",
    "incorporated",
    "jointstock",
    "jsc",
    "kft",
    "kg",
    "kgaa",
    "kk",
    "lda",
    "limitada",
    "limited",
    "limitedliability",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "ltdsti",
    "nv",
    "ohg",
    "ojsc",
    "ood",
    "oy",
    "oyj",
    "pjsc",
    "plc",
    "private",
    "privatelimited",
    "pte",
    "ptf",
    "pty",
    "publiccompany",
    "pvt",
    "sa",
    "sab",
    "sadecv",
    "saoc",
    "sapi",
    "sarl",
    "sas",
    "sasu",
    "sanayivetic",
    "sdn",
    "se",
    "sl",
    "slu",
    "snc",
    "sp",
    "spa",
    "spj",
    "spzoo",
    "srl",
    "srls",
    "sro",
    "sti",
    "tbk",
    "tic",
    "ug",
    "vof",
    "zrt",
    "zoo",
];

/// Forms that precede the name, mostly Indonesian, Russian and Vietnamese.
const LEADING: &[&str] = &[
    "congtycophan",
    "congtytnhh",
    "côngtycổphần",
    "côngtytnhh",
    "cv",
    "jsc",
    "llc",
    "oao",
    "ooo",
    "pao",
    "pt",
    "zao",
];

/// Chinese forms, longest first. 集团 stays: a group and its company are two companies. 分公司 (a
/// branch) stays as well, so 公司 alone is only dropped behind 股份.
const CHINESE: &[&str] = &[
    "股份有限责任公司",
    "股份有限責任公司",
    "有限责任公司",
    "有限責任公司",
    "责任有限公司",
    "責任有限公司",
    "股份有限公司",
    "有限公司",
    "股份公司",
];

/// The part of `text` between the legal forms at its ends, possibly empty.
///
/// `text` holds the words of a name without spaces, in lower case; `starts` where each begins.
pub(super) fn strip<'a>(text: &'a str, starts: &[usize]) -> &'a str {
    let first = leading_words(text, starts);
    let mut words = starts.len();
    let mut end = text.len();
    while words > first {
        let Some(shorter) = without_last_form(text, &starts[first..words], end) else {
            break;
        };
        end = shorter;
        while words > first && starts[words - 1] >= end {
            words -= 1;
        }
    }
    let start = starts.get(first).copied().unwrap_or(text.len());
    text.get(start..end).unwrap_or_default()
}

/// True for a single word that is a legal form, or the last part of one.
pub(super) fn is_form(word: &str) -> bool {
    TRAILING.contains(&word)
}

/// The Chinese form that `text` begins with, if it does.
pub(super) fn chinese_at_start(text: &str) -> Option<&'static str> {
    CHINESE.iter().copied().find(|form| text.starts_with(form))
}

/// How many words in front are a legal form.
fn leading_words(text: &str, starts: &[usize]) -> usize {
    let counts = (1..=MAX_FORM_WORDS).rev().filter(|&count| count < starts.len());
    for count in counts {
        if LEADING.contains(&&text[..starts[count]]) {
            return count;
        }
    }
    0
}

/// Where the text ends without the legal form at its end, if it has one there.
fn without_last_form(text: &str, starts: &[usize], end: usize) -> Option<usize> {
    let last = text.get(*starts.last()?..end)?;
    if !last.is_ascii() {
        for form in CHINESE {
            if let Some(rest) = last.strip_suffix(form) {
                return Some(end - last.len() + rest.len());
            }
        }
    }
    // The longest form first: "GmbH & Co." is one, "Co." alone would leave "gmbhand" behind.
    for &start in starts[starts.len().saturating_sub(MAX_FORM_WORDS)..].iter() {
        let tail = &text[start..end];
        if tail.len() <= MAX_FORM_BYTES && TRAILING.contains(&tail) {
            return Some(start);
        }
    }
    None
}
