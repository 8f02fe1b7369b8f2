//! The report as a file: CSV, XLSX and JSON, the same bytes whatever the database.

use std::borrow::Cow;
use std::io::Write;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::regions::{Count, RegionReport};
use crate::error::Error;
use crate::regions::{OUTSIDE, Scheme, UNRESOLVED};
use crate::sheets::{Cell, Format, Options, SheetWriter};
use crate::texts::Language;

text_enum! {
    /// The formats of the report.
    FileFormat { Csv = "csv", Json = "json", Xlsx = "xlsx" }
}

impl FileFormat {
    /// The media type of the format.
    pub fn media_type(self) -> &'static str {
        match self {
            FileFormat::Csv => Format::Csv.media_type(),
            FileFormat::Xlsx => Format::Xlsx.media_type(),
            FileFormat::Json => "application/json",
        }
    }
}

/// What a report is of.
#[derive(Clone, Debug)]
pub struct Subject {
    pub as_at: NaiveDate,
    pub scheme: Cow<'static, Scheme>,
    pub count: Count,
}

/// Writes the report. Headers and keys are English in every language; names follow `language`.
pub fn write<W: Write + Send>(
    out: W,
    format: FileFormat,
    subject: &Subject,
    report: &RegionReport,
    language: Language,
    options: Options,
) -> Result<(), Error> {
    match format {
        FileFormat::Json => write_json(out, subject, report, language),
        FileFormat::Csv => write_sheet(out, Format::Csv, subject, report, language, options),
        FileFormat::Xlsx => write_sheet(out, Format::Xlsx, subject, report, language, options),
    }
}

fn write_sheet<W: Write + Send>(
    out: W,
    format: Format,
    subject: &Subject,
    report: &RegionReport,
    language: Language,
    options: Options,
) -> Result<(), Error> {
    let headers = ["region", subject.count.as_str(), "share"];
    let mut sheet = SheetWriter::new(format, out, &headers, options)?;
    for (name, number) in named_rows(report, language) {
        sheet.row(&line(&name, number, report))?;
    }
    let total = language.texts().get("report-total");
    sheet.row(&line(total, report.total, report))?;
    sheet.finish()?;
    Ok(())
}

fn line<'a>(name: &'a str, number: i64, report: &RegionReport) -> [Cell<'a>; 3] {
    [Cell::Text(name), Cell::Int(number), Cell::Float(percent(report, number), 1)]
}

fn percent(report: &RegionReport, number: i64) -> f64 {
    report.tenths(number) as f64 / 10.0
}

/// The regions and the two rest rows, in the order of the report.
fn named_rows(report: &RegionReport, language: Language) -> Vec<(String, i64)> {
    let rest = |code: &str| language.texts().get(&format!("region-{code}")).to_string();
    let name = |row: &super::regions::Line| match language {
        Language::English => row.name_en.clone(),
        Language::Chinese => row.name_zh.clone(),
    };
    let mut rows: Vec<_> = report.rows.iter().map(|row| (name(row), row.suppliers)).collect();
    rows.push((rest(OUTSIDE), report.outside));
    rows.push((rest(UNRESOLVED), report.unresolved));
    rows
}

fn write_json<W: Write>(
    mut out: W,
    subject: &Subject,
    report: &RegionReport,
    language: Language,
) -> Result<(), Error> {
    let counted = subject.count.as_str();
    let names = named_rows(report, language);
    let rows: Vec<Value> = report
        .rows
        .iter()
        .zip(names)
        .map(|(row, (name, number))| {
            json!({ "code": row.code, "region": name, counted: number, "share": percent(report, number) })
        })
        .collect();
    let document = json!({
        "as_at": subject.as_at.to_string(),
        "scheme": subject.scheme.id,
        "scheme_version": subject.scheme.version,
        "count": counted,
        "rows": rows,
        "outside": report.outside,
        "unresolved": report.unresolved,
        "total": report.total,
    });
    serde_json::to_writer_pretty(&mut out, &document)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regions::built_in;
    use crate::reports::regions::Line;

    fn sample() -> (Subject, RegionReport) {
        let scheme = built_in("cn-six").unwrap().clone();
        let numbers = [29, 42, 88, 152, 387, 93];
        let rows = scheme.regions.iter().zip(numbers).map(|(region, suppliers)| Line {
            code: region.code.clone(),
            name_en: region.name_en.clone(),
            name_zh: region.name_zh.clone(),
            suppliers,
        });
        let rows = rows.collect();
        let report = RegionReport { rows, outside: 0, unresolved: 0, total: 791, areas: vec![] };
        let as_at = NaiveDate::from_ymd_opt(2021, 12, 31).unwrap();
        (Subject { as_at, scheme: Cow::Owned(scheme), count: Count::Suppliers }, report)
    }

    fn written(format: FileFormat, language: Language) -> String {
        let (subject, report) = sample();
        let mut out = Vec::new();
        write(&mut out, format, &subject, &report, language, Options::default()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_csv_has_a_row_for_each_region_two_rest_rows_and_the_total() {
        let csv = written(FileFormat::Csv, Language::English);
        assert_eq!(
            csv.lines().collect::<Vec<_>>(),
            [
                "region,suppliers,share",
                "Northeast China,29,3.7",
                "Northwest China,42,5.3",
                "Central China,88,11.1",
                "Northern China,152,19.2",
                "Eastern China,387,48.9",
                "Southern China,93,11.8",
                "Outside the scheme,0,0.0",
                "Unresolved,0,0.0",
                "Total,791,100.0",
            ]
        );
        assert!(written(FileFormat::Csv, Language::Chinese).contains("\r\n华东,387,48.9\r\n"));
    }

    #[test]
    fn the_json_says_what_it_is_of() {
        let json: Value =
            serde_json::from_str(&written(FileFormat::Json, Language::English)).unwrap();
        assert_eq!(json["as_at"], "2021-12-31");
        assert_eq!(json["scheme_version"], "2021");
        assert_eq!(
            json["rows"][4],
            json!({ "code": "eastern", "region": "Eastern China", "suppliers": 387, "share": 48.9 })
        );
        assert_eq!(json["total"], 791);
    }
}
