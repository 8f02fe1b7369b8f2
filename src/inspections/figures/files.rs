//! The figures as files: a line for each number, or one document.

use std::io::Write;

use super::document::InspectionFigures;
use super::{Figures, SEVERITIES, Visits, quotient, share};
use crate::error::Error;
use crate::inspections::Kind;
use crate::reports::files::FileFormat;
use crate::sheets::{Cell, Format, Options, SheetWriter};

/// The columns.
pub const COLUMNS: [&str; 8] = ["from", "to", "figure", "by", "code", "name", "what", "number"];

/// A number: what it is of ("inspections"), by what ("region"), its row's code and English name, which of
/// its row ("done").
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    pub figure: &'static str,
    pub by: &'static str,
    pub code: String,
    pub name: String,
    pub what: String,
    /// `None` for a share or a mean of nothing.
    pub value: Option<Value>,
}

/// A count, or a number in tenths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Count(i64),
    Tenths(i64),
}

/// Where the numbers of a row are put.
struct Row<'a> {
    all: &'a mut Vec<Number>,
    figure: &'static str,
    by: &'static str,
    code: &'a str,
    name: &'a str,
}

impl Row<'_> {
    fn put(&mut self, what: impl Into<String>, value: Option<Value>) {
        self.all.push(Number {
            figure: self.figure,
            by: self.by,
            code: self.code.into(),
            name: self.name.into(),
            what: what.into(),
            value,
        });
    }

    fn count(&mut self, what: impl Into<String>, number: i64) {
        self.put(what, Some(Value::Count(number)));
    }

    fn tenths(&mut self, what: &str, number: Option<i64>) {
        self.put(what, number.map(Value::Tenths));
    }

    fn visits(&mut self, before: &str, visits: Visits) {
        self.count(format!("{before}done"), visits.done);
        self.count(format!("{before}planned"), visits.planned);
        self.count(format!("{before}cancelled"), visits.cancelled);
    }

    fn severities(&mut self, numbers: [i64; 3]) {
        for (severity, number) in SEVERITIES.iter().zip(numbers) {
            self.count(severity.as_str(), number);
        }
    }
}

/// Every number of the figures, in the order of the page.
pub fn numbers(figures: &Figures) -> Vec<Number> {
    let mut all = Vec::new();
    let scheme = &figures.asked.scheme;
    let name = |code: &str| {
        let region = scheme.regions.iter().find(|region| region.code == code);
        region.map_or("", |region| region.name_en.as_str())
    };
    let inspected = &figures.inspected;
    for line in inspected.regions.iter().chain([&inspected.whole]) {
        let by = if line.code.is_empty() { "all" } else { "region" };
        let (code, name, all) = (line.code.as_str(), name(&line.code), &mut all);
        let mut row = Row { all, figure: "inspections", by, code, name };
        for (kind, visits) in Kind::ALL.iter().zip(&line.kinds) {
            row.visits(&format!("{}_", kind.as_str()), *visits);
        }
        row.visits("", line.all);
        row.count("companies", line.companies);
        row.count("active_companies", line.active);
        row.tenths("companies_percent", share(line.counted, line.active));
    }
    for line in &inspected.months {
        let (code, all) = (line.code.as_str(), &mut all);
        let mut row = Row { all, figure: "inspections", by: "month", code, name: "" };
        row.visits("", line.all);
        row.count("companies", line.companies);
    }
    let raised = &figures.raised;
    for line in raised.regions.iter().chain([&raised.whole]) {
        let by = if line.code.is_empty() { "all" } else { "region" };
        let (code, name, all) = (line.code.as_str(), name(&line.code), &mut all);
        Row { all, figure: "findings", by, code, name }.severities(line.raised);
    }
    for line in &raised.sections {
        let (name, all) = (line.code.as_str(), &mut all);
        Row { all, figure: "findings", by: "section", code: "", name }.severities(line.raised);
    }
    let names = SEVERITIES.iter().map(|one| one.as_str()).chain([""]);
    for (code, one) in names.zip(raised.severities.iter().chain([&raised.outcomes])) {
        let by = if code.is_empty() { "all" } else { "severity" };
        let mut row = Row { all: &mut all, figure: "outcomes", by, code, name: "" };
        row.count("raised", one.raised);
        row.count("judged", one.judged);
        row.count("closed_on_time", one.on_time);
        row.tenths("closed_on_time_percent", share(one.on_time, one.judged));
        row.count("contain_judged", one.contain_judged);
        row.count("contained_on_time", one.contained_on_time);
        row.tenths("contained_on_time_percent", share(one.contained_on_time, one.contain_judged));
        row.count("closed", one.closed);
        row.tenths("mean_days_to_close", quotient(one.days, one.closed));
        row.count("repeated", one.repeated);
        row.tenths("repeated_percent", share(one.repeated, one.standing()));
        row.count("disputes_followed", one.withdrawn);
        row.count("disputes_upheld", one.upheld);
        row.count("disputes_waiting", one.waiting);
    }
    for line in &figures.heat.lines {
        let (code, name) = match &line.category {
            Some(one) => (one.code.as_str(), one.name_en.as_str()),
            None => ("", ""),
        };
        for (region, (now, then)) in figures.heat.regions.iter().zip(&line.cells) {
            let mut row = Row { all: &mut all, figure: "heat", by: "category", code, name };
            row.count(format!("{region}_inspections"), now.inspections);
            row.count(format!("{region}_findings"), now.number());
            row.tenths(&format!("{region}_heat"), now.heat());
            row.tenths(&format!("{region}_heat_before"), then.heat());
        }
    }
    all
}

/// Writes the figures. Gives the output back, flushed.
pub fn write<W: Write + Send>(
    figures: &Figures,
    format: FileFormat,
    options: Options,
    mut out: W,
) -> Result<W, Error> {
    match format {
        FileFormat::Csv => sheet(figures, Format::Csv, options, out),
        FileFormat::Xlsx => sheet(figures, Format::Xlsx, options, out),
        FileFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &InspectionFigures::of(figures))?;
            out.write_all(b"\n")?;
            out.flush()?;
            Ok(out)
        }
    }
}

fn sheet<W: Write + Send>(
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
            Cell::Text(&number.what),
            match number.value {
                None => Cell::Empty,
                Some(Value::Count(count)) => Cell::Int(count),
                Some(Value::Tenths(tenths)) => Cell::Float(tenths as f64 / 10.0, 1),
            },
        ])?;
    }
    Ok(sheet.finish()?)
}
