//! Invented companies, one after the other, never two of one name.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::codes;
use super::places::{self, Town};
use super::random::Random;
use super::trades::{TRADES, Trade};
use super::words::{FIRST, FORMS, SECOND, TAKEN, capitalised};

/// An invented company.
pub struct Company {
    pub legal_name: String,
    pub english_name: String,
    brand_zh: String,
    /// The English brand, lower case.
    brand: String,
    /// What its addresses on the web are made of: no two companies of the register have the same.
    pub domain: String,
    pub address: String,
    pub trade: &'static Trade,
    pub uscc: String,
    pub lei: String,
    pub duns: String,
    /// When it was introduced.
    pub since: NaiveDateTime,
}

impl Company {
    pub fn website(&self) -> String {
        format!("https://www.{}.example", self.domain)
    }
}

/// The source of companies. The same seed gives the same ones in the same order.
pub struct Companies {
    pub random: Random,
    towns: Vec<(usize, Vec<Town>)>,
    /// Hashes of the names given out: a million names would fill the memory.
    seen: HashSet<u64>,
    made: usize,
}

impl Companies {
    pub fn of_seed(seed: u64) -> Companies {
        let towns = places::towns();
        Companies { random: Random::of_seed(seed), towns, seen: HashSet::new(), made: 0 }
    }

    /// The companies of the demo register, the longest known first: the report's totals, exactly.
    pub fn register(&mut self) -> Vec<Company> {
        let counts: Vec<usize> = self.towns.iter().map(|(n, _)| *n).collect();
        let mut all = Vec::new();
        for (province, count) in counts.into_iter().enumerate() {
            all.extend((0..count).map(|_| self.in_province(province)));
        }
        all.sort_by_key(|company| company.since);
        let mut brands: HashMap<String, usize> = HashMap::new();
        for company in &mut all {
            let earlier = brands.entry(company.brand.clone()).or_default();
            *earlier += 1;
            if *earlier > 1 {
                company.domain = format!("{}{earlier}", company.brand);
            }
        }
        all
    }

    /// One more company, in a province as likely as it has companies in the register.
    pub fn another(&mut self) -> Company {
        let mut draw = self.random.below(places::TOTAL);
        let found = self.towns.iter().position(|(count, _)| {
            let inside = draw < *count;
            draw = draw.saturating_sub(*count);
            inside
        });
        self.in_province(found.unwrap_or(0))
    }

    /// What a company may have been called before: another brand, the rest the same.
    pub fn former_names(&mut self, company: &Company) -> (String, String) {
        loop {
            let (zh, en) = brand(&mut self.random);
            let legal_name = company.legal_name.replace(&company.brand_zh, &zh);
            let present = capitalised(&company.brand);
            let english_name = company.english_name.replace(&present, &capitalised(&en));
            if self.seen.insert(hash(&legal_name)) {
                return (legal_name, english_name);
            }
        }
    }

    /// An address anywhere: for a plant or a warehouse.
    pub fn address_elsewhere(&mut self) -> String {
        let (_, towns) = self.random.early_of(&self.towns);
        let town = self.random.early_of(towns);
        places::address(&mut self.random, town, true)
    }

    fn in_province(&mut self, province: usize) -> Company {
        loop {
            let company = self.draw(province);
            let is_new = self.seen.insert(hash(&company.legal_name))
                & self.seen.insert(hash(&company.english_name));
            if is_new {
                self.made += 1;
                return company;
            }
        }
    }

    fn draw(&mut self, province: usize) -> Company {
        let random = &mut self.random;
        let town = random.early_of(&self.towns[province].1);
        let (brand_zh, brand_en) = brand(random);
        let trade = random.one_of(TRADES);
        let (trade_zh, trade_en) = random.one_of(trade.words);
        let (form_zh, form_en) = random.one_of(FORMS);
        let brand = capitalised(&brand_en);
        let (legal_name, english_name) = if random.chance(10) {
            (
                format!("{brand_zh}（{}）{trade_zh}{form_zh}", town.name_zh),
                format!("{brand} ({}) {trade_en} {form_en}", town.name_en),
            )
        } else {
            (
                format!("{}{brand_zh}{trade_zh}{form_zh}", town.name_zh),
                format!("{} {brand} {trade_en} {form_en}", town.name_en),
            )
        };
        let chinese = random.chance(80);
        Company {
            legal_name,
            english_name,
            brand_zh,
            domain: brand_en.clone(),
            brand: brand_en,
            address: places::address(random, town, chinese),
            trade,
            uscc: codes::uscc(town.code, self.made),
            lei: if random.chance(8) { codes::lei(self.made) } else { String::new() },
            duns: if random.chance(12) { codes::duns(self.made) } else { String::new() },
            since: since(random),
        }
    }
}

fn brand(random: &mut Random) -> (String, String) {
    loop {
        let (first, second) = (random.one_of(FIRST), random.one_of(SECOND));
        let brand = format!("{}{}", first.0, second.0);
        if !TAKEN.contains(&brand.as_str()) {
            return (brand, format!("{}{}", first.1, second.1));
        }
    }
}

/// A morning between January 2015 and November 2021: the report's day is 31 December 2021.
fn since(random: &mut Random) -> NaiveDateTime {
    let first = NaiveDate::from_ymd_opt(2015, 1, 5).unwrap_or_default();
    let day = first + Duration::days(random.below(2515) as i64);
    day.and_time(NaiveTime::MIN) + Duration::minutes(60 + random.below(420) as i64)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
