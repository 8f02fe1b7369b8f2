//! The figures as files: a line for each number.

use std::io::Write;

use super::rows::Which;
use super::{Figures, Line};
use crate::error::Error;
use crate::inspections::figures::{SEVERITIES, share};
use crate::sheets::{Cell, Format, Options, SheetWriter};

/// The columns.
pub const COLUMNS: [&str; 8] = ["from", "to", "figure", "by", "code", "name", "what", "number"];

/// A number: what it is of ("cases"), by what ("region"), its row's code and English name, which of its row
/// ("critical").
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub figure: &'static str,
    pub by: &'static str,
    pub code: String,
    pub name: String,
    pub what: &'static str,
    /// `None` for a share or a median of nothing.
    pub value: Option<Value>,
}

/// A count, or a number in tenths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Count(i64),
    Tenths(i64),
}

/// Every number of the figures, in the order of the page.
pub fn numbers(figures: &Figures) -> Vec<Number> {
    let mut all = Vec::new();
    for line in &figures.measures {
        put_line(&mut all, ("measure", ""), line);
    }
    for line in &figures.regions {
        let regions = figures.asked.scheme.regions.iter();
        let mut named = regions.filter(|region| region.code == line.code);
        let name = named.next().map_or("", |region| region.name_en.as_str());
        put_line(&mut all, ("region", name), line);
    }
    for line in &figures.violations {
        put_line(&mut all, ("violation", figures.name(&line.code).0), line);
    }
    put_line(&mut all, ("all", ""), &figures.whole);
    for which in [Which::InForce, Which::Overdue] {
        put(&mut all, ("cases", which.as_str()), "number", Some(count(figures, which)));
    }
    let names = SEVERITIES.iter().map(|one| one.as_str()).chain(["all"]);
    for (name, one) in names.zip(figures.durations) {
        let of = ("days_to_decision", name);
        put(&mut all, of, "decided", Some(Value::Count(one.decided)));
        put(&mut all, of, "median", one.median.map(Value::Tenths));
        put(&mut all, of, "longest", one.longest.map(Value::Count));
    }
    for (term, number) in figures.terms() {
        put(&mut all, ("terms", term.as_str()), "number", Some(Value::Count(number)));
    }
    for which in [Which::Upheld, Which::Varied, Which::Overturned] {
        let of = ("appeals", which.as_str());
        put(&mut all, of, "number", Some(count(figures, which)));
        let part = share(figures.count(which), figures.heard());
        put(&mut all, of, "percent", part.map(Value::Tenths));
    }
    let waiting = Some(count(figures, Which::Waiting));
    put(&mut all, ("appeals", Which::Waiting.as_str()), "number", waiting);
    all
}

fn count(figures: &Figures, which: Which) -> Value {
    Value::Count(figures.count(which))
}

fn put_line(all: &mut Vec<Number>, (by, name): (&'static str, &str), line: &Line) {
    let severities = SEVERITIES.iter().map(|one| one.as_str()).zip(line.cases);
    for (what, number) in severities.chain([("all", line.all())]) {
        all.push(Number {
            figure: "cases",
            by,
            code: line.code.clone(),
            name: name.into(),
            what,
            value: Some(Value::Count(number)),
        });
    }
}

fn put(
    all: &mut Vec<Number>,
    (figure, code): (&'static str, &str),
    what: &'static str,
    value: Option<Value>,
) {
    let (code, name) = (code.to_string(), String::new());
    all.push(Number { figure, by: "", code, name, what, value });
}

/// Writes the figures. Gives the output back, flushed.
pub fn write<W: Write + Send>(
    figures: &Figures,
    format: Format,
    options: Options,
    out: W,
) -> Result<W, Error> {
    let mut sheet = SheetWriter::new(format, out, &COLUMNS, options)?;
    let period = figures.asked.period;
    let (from, to) = (period.from.to_string(), period.to.to_string());
    for number in numbers(figures) {
        sheet.row(&[
            Cell::Text(&from),
            Cell::Text(&to),
            Cell::Text(number.figure),
            Cell::Text(number.by),
            Cell::Text(&number.code),
            Cell::Text(&number.name),
            Cell::Text(number.what),
            match number.value {
                None => Cell::Empty,
                Some(Value::Count(count)) => Cell::Int(count),
                Some(Value::Tenths(tenths)) => Cell::Float(tenths as f64 / 10.0, 1),
            },
        ])?;
    }
    Ok(sheet.finish()?)
}
