//! Every text a person reads, in English and Simplified Chinese, from `locales/`.

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

text_enum! {
    /// A language of the product.
    Language { English = "en", Chinese = "zh-CN" }
}

/// The texts of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Texts without arguments, made once: most of a page is these.
    plain: HashMap<String, String>,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        const FILES: &[(&str, &str)] = &[
            $((include_str!(concat!("../locales/en/", $name)),
               include_str!(concat!("../locales/zh-CN/", $name)))),+
        ];
    };
}
files!(
    "layout.ftl",
    "problems.ftl",
    "access.ftl",
    "audit.ftl",
    "regions.ftl",
    "suppliers.ftl",
    "imports.ftl",
    "reports.ftl",
    "categories.ftl",
    "groups.ftl",
    "history.ftl",
    "duplicates.ftl",
    "backing.ftl",
    "clearance.ftl",
    "api.ftl",
    "webhooks.ftl",
    "notices.ftl",
    "documents.ftl",
    "needs.ftl",
    "candidates.ftl",
    "registration.ftl",
    "review.ftl",
    "portal.ftl",
    "home.ftl",
    "certification.ftl",
    "clauses.ftl",
    "signing.ftl",
    "proof.ftl",
    "coverage.ftl",
    "signatures.ftl",
    "standards.ftl",
    "certificates.ftl",
    "certifications.ftl",
    "basic.ftl",
    "authentications.ftl",
    "calendar.ftl",
    "checklists.ftl",
    "plans.ftl",
    "draws.ftl",
    "inspections.ftl",
    "findings.ftl",
    "results.ftl",
    "figures.ftl",
    "punishment_standards.ftl",
    "punishments.ftl",
    "ballots.ftl",
    "measures.ftl",
    "evasion.ftl",
    "punishment_figures.ftl",
);

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::load(Language::English));
static CHINESE: LazyLock<Texts> = LazyLock::new(|| Texts::load(Language::Chinese));

impl Language {
    pub fn texts(self) -> &'static Texts {
        match self {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }

    /// The first language of an `Accept-Language` header that the product speaks.
    pub fn from_accept(header: &str) -> Language {
        header
            .split(',')
            .filter_map(|part| {
                let tag = part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
                if tag.starts_with("zh") {
                    Some(Language::Chinese)
                } else if tag.starts_with("en") {
                    Some(Language::English)
                } else {
                    None
                }
            })
            .next()
            .unwrap_or(Language::English)
    }
}

impl Texts {
    fn load(language: Language) -> Texts {
        let id: unic_langid::LanguageIdentifier =
            language.as_str().parse().expect("a language tag of our own");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        let mut plain = HashMap::new();
        for (english, chinese) in FILES {
            let source = if language == Language::English { english } else { chinese };
            let resource = FluentResource::try_new(source.to_string())
                .unwrap_or_else(|(_, errors)| panic!("a text file does not parse: {errors:?}"));
            bundle.add_resource_overriding(resource);
            for line in source.lines() {
                let Some((key, _)) = line.split_once(" =") else {
                    continue;
                };
                if key.starts_with([' ', '#', '-', '.']) {
                    continue;
                }
                let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
                    continue;
                };
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
                if errors.is_empty() {
                    plain.insert(key.to_string(), text);
                }
            }
        }
        Texts { language, bundle, plain }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// A text without arguments. An unknown key shows itself: a test keeps it from happening.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.plain.get(key).map(String::as_str).unwrap_or(key)
    }

    /// True when there is such a text, with or without arguments.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A text with arguments. Whole numbers choose plurals; other values stand as they are.
    pub fn with(&self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_string();
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(*name, argument(value));
        }
        self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned()
    }

    /// A text with the number `n`, grouped for reading.
    pub fn count(&self, key: &str, n: i64) -> String {
        self.with(key, &[("n", &n.to_string()), ("shown", &grouped(n))])
    }
}

/// A number of up to six digits chooses a plural form; anything else (codes!) stays text.
fn argument(value: &str) -> FluentValue<'_> {
    match value.parse::<i64>() {
        Ok(n) if value.len() <= 6 => FluentValue::from(n),
        _ => FluentValue::from(value),
    }
}

/// 1234567 → "1,234,567": both languages group by thousands with a comma.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        text.push('\u{2212}');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(-791), "\u{2212}791");
        assert_eq!(grouped(0), "0");
    }

    #[test]
    fn the_language_is_the_first_one_we_speak() {
        assert_eq!(Language::from_accept("fr, zh-Hans;q=0.9, en"), Language::Chinese);
        assert_eq!(Language::from_accept(""), Language::English);
    }

    #[test]
    fn both_languages_have_the_same_texts_with_the_same_arguments() {
        let pattern = |source: &str| -> Vec<(String, Vec<String>)> {
            let mut messages: Vec<(String, Vec<String>)> = Vec::new();
            for line in source.lines().filter(|l| !l.starts_with('#')) {
                if let (Some((key, _)), false) = (line.split_once(" ="), line.starts_with(' ')) {
                    messages.push((key.to_string(), Vec::new()));
                }
                let Some((_, args)) = messages.last_mut() else {
                    continue;
                };
                for piece in line.split('$').skip(1) {
                    let name: String =
                        piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if !args.contains(&name) {
                        args.push(name);
                    }
                }
            }
            for (_, args) in &mut messages {
                args.retain(|a| a != "n");
                args.sort();
            }
            messages.sort();
            messages
        };
        for (english, chinese) in FILES {
            assert_eq!(pattern(english), pattern(chinese));
        }
    }
}
