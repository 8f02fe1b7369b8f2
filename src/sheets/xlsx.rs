//! Rows of an XLSX workbook.
//!
//! calamine's reader of single cells is the only safe way in: its reader of whole sheets reserves
//! memory for the rectangle between the first and the last cell. The reader borrows from the
//! workbook, so both live on a thread of their own that hands over rows in small batches; should
//! calamine panic over a damaged file, only that thread ends.

use std::fs::File;
use std::io::BufReader;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::vec;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::inspect::inspect;
use super::read::{CellFault, FaultKind, Limits, Progress, Row, store_cell};
use super::{SheetError, column_name};

/// Rows of one batch. With two batches waiting, about 1,500 rows are in memory at a time.
const BATCH_ROWS: usize = 512;
/// A batch is handed over early when it holds this many bytes.
const BATCH_BYTES: usize = 256 * 1024;
/// Batches that may wait.
const WAITING: usize = 2;
/// The last row of a sheet, counted from 1 (ECMA-376 leaves it open; this is Excel's limit).
const LAST_ROW: u32 = 1_048_576;

type Batch = Result<Vec<Row>, SheetError>;
type Workbook = Xlsx<BufReader<File>>;

/// The rows of an open workbook.
pub(super) struct WorkbookRows {
    batches: Receiver<Batch>,
    worker: Option<JoinHandle<()>>,
    ready: vec::IntoIter<Row>,
    last_row: u64,
    total: u64,
}

impl WorkbookRows {
    /// Look through the whole archive, then open the sheet of this name or the first visible one.
    pub(super) fn open(
        mut file: File,
        limits: &Limits,
        sheet: Option<&str>,
    ) -> Result<WorkbookRows, SheetError> {
        inspect(&mut file, limits)?;
        let (batches_in, batches) = sync_channel(WAITING);
        let (opened_in, opened) = sync_channel(1);
        let (columns, cell_chars) = (limits.columns, limits.cell_chars);
        let sheet = sheet.map(str::to_owned);
        let worker = thread::Builder::new().name("sheet".to_owned()).spawn(move || {
            let mut workbook = match Xlsx::new(BufReader::new(file)).map_err(damaged) {
                Ok(workbook) => workbook,
                Err(error) => return drop(opened_in.send(Err(error))),
            };
            let sheet = match find_sheet(&workbook, sheet) {
                Ok(sheet) => sheet,
                Err(error) => return drop(opened_in.send(Err(error))),
            };
            let mut out = Batches::new(batches_in, columns, cell_chars);
            let outcome = read_sheet(&mut workbook, &sheet, &mut out, |rows| {
                drop(opened_in.send(Ok(rows)));
            });
            out.finish(outcome);
        })?;
        // A thread that ended without a word panicked, or failed before the first cell.
        let total = match opened.recv() {
            Ok(total) => total?,
            Err(_) => return Err(first_error(&batches)),
        };
        Ok(WorkbookRows {
            batches,
            worker: Some(worker),
            ready: Vec::new().into_iter(),
            last_row: 0,
            total,
        })
    }

    /// Read the next row that is not blank; false at the end.
    pub(super) fn read_into(&mut self, row: &mut Row) -> Result<bool, SheetError> {
        loop {
            if let Some(next) = self.ready.next() {
                self.last_row = next.number;
                *row = next;
                return Ok(true);
            }
            match self.batches.recv() {
                Ok(batch) => self.ready = batch?.into_iter(),
                Err(_) => return self.ended(),
            }
        }
    }

    fn ended(&mut self) -> Result<bool, SheetError> {
        match self.worker.take().map(JoinHandle::join) {
            Some(Err(_)) => Err(SheetError::Damaged { row: Some(self.last_row + 1) }),
            _ => Ok(false),
        }
    }

    pub(super) fn progress(&self) -> Progress {
        Progress { done: self.last_row, total: self.total.max(self.last_row) }
    }
}

fn first_error(batches: &Receiver<Batch>) -> SheetError {
    match batches.recv() {
        Ok(Err(error)) => error,
        _ => SheetError::Damaged { row: None },
    }
}

fn damaged(error: XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::OldOrProtected,
        XlsxError::Io(error) => SheetError::Io(error),
        _ => SheetError::Damaged { row: None },
    }
}

fn find_sheet(workbook: &Workbook, wanted: Option<String>) -> Result<String, SheetError> {
    let sheets = workbook.sheets_metadata();
    let Some(wanted) = wanted else {
        return sheets
            .iter()
            .find(|sheet| {
                sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
            })
            .map(|sheet| sheet.name.clone())
            .ok_or(SheetError::Empty);
    };
    match sheets.iter().find(|sheet| sheet.name == wanted) {
        Some(sheet) => Ok(sheet.name.clone()),
        None => Err(SheetError::NoSuchSheet { name: wanted }),
    }
}

/// Send all rows of the sheet; `opened` gets the number of rows that the sheet claims to have.
fn read_sheet(
    workbook: &mut Workbook,
    sheet: &str,
    out: &mut Batches,
    opened: impl FnOnce(u64),
) -> Result<(), SheetError> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(damaged)?;
    let claimed = cells.dimensions().end.0;
    opened(u64::from(claimed.min(LAST_ROW - 1)) + 1);
    let mut row = Row::default();
    loop {
        let cell =
            cells.next_cell().map_err(|_| SheetError::Damaged { row: Some(row.number + 1) })?;
        let Some(cell) = cell else { break };
        let (at, column) = cell.get_position();
        let number = u64::from(at) + 1;
        if at >= LAST_ROW || number < row.number {
            return Err(SheetError::Damaged { row: Some(row.number + 1) });
        }
        if number > row.number {
            if out.push(std::mem::take(&mut row)).is_err() {
                return Ok(());
            }
            row.number = number;
        }
        out.put(&mut row, column as usize, cell.get_value())?;
    }
    // Whether anyone still listens does not matter for the last row.
    let _ = out.push(row);
    Ok(())
}

/// Collects rows and hands them over in batches.
struct Batches {
    out: SyncSender<Batch>,
    rows: Vec<Row>,
    bytes: usize,
    columns: usize,
    cell_chars: usize,
    scratch: String,
}

/// Nobody reads the rows any more.
struct Abandoned;

impl Batches {
    fn new(out: SyncSender<Batch>, columns: usize, cell_chars: usize) -> Batches {
        Batches {
            out,
            rows: Vec::with_capacity(BATCH_ROWS),
            bytes: 0,
            columns,
            cell_chars,
            scratch: String::new(),
        }
    }

    fn put(&mut self, row: &mut Row, column: usize, value: &DataRef) -> Result<(), SheetError> {
        // Formatted cells without content reach out to the last column in many real files.
        let (text, fault) = match value {
            DataRef::Empty => return Ok(()),
            DataRef::SharedString(text) => (*text, None),
            DataRef::String(text) => (text.as_str(), None),
            other => {
                self.scratch.clear();
                let fault = render(&mut self.scratch, other);
                (self.scratch.as_str(), fault)
            }
        };
        if text.trim().is_empty() && fault.is_none() {
            return Ok(());
        }
        if column >= self.columns {
            return Err(SheetError::TooManyColumns {
                row: row.number,
                column: column_name(column),
                limit: self.columns,
            });
        }
        if row.cells.len() <= column {
            row.cells.resize_with(column + 1, String::new);
        }
        store_cell(&mut row.cells[column], text, row.number, column, self.cell_chars)?;
        self.bytes += row.cells[column].len();
        row.faults.extend(fault.map(|kind| CellFault { column, kind }));
        Ok(())
    }

    fn push(&mut self, row: Row) -> Result<(), Abandoned> {
        if row.cells.iter().all(String::is_empty) && row.faults.is_empty() {
            return Ok(());
        }
        self.rows.push(row);
        if self.rows.len() < BATCH_ROWS && self.bytes < BATCH_BYTES {
            return Ok(());
        }
        self.flush()
    }

    fn flush(&mut self) -> Result<(), Abandoned> {
        self.bytes = 0;
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(BATCH_ROWS));
        self.out.send(Ok(rows)).map_err(|_| Abandoned)
    }

    fn finish(mut self, outcome: Result<(), SheetError>) {
        let sent = self.flush();
        if let (Err(error), Ok(())) = (outcome, sent) {
            drop(self.out.send(Err(error)));
        }
    }
}

/// Write a value that is not text as a person reads it in the spreadsheet.
fn render(text: &mut String, value: &DataRef) -> Option<FaultKind> {
    match value {
        DataRef::Int(number) => text.push_str(&number.to_string()),
        DataRef::Float(number) => return render_number(text, *number),
        DataRef::Bool(value) => text.push_str(if *value { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(moment) => render_moment(text, moment),
        DataRef::DateTimeIso(moment) | DataRef::DurationIso(moment) => text.push_str(moment),
        // #N/A is how people mark "not known"; like the others it is no content.
        DataRef::Error(_) => return Some(FaultKind::FormulaError),
        DataRef::Empty | DataRef::String(_) | DataRef::SharedString(_) => {}
    }
    None
}

/// A spreadsheet keeps 15 significant digits. A whole number with more was a code typed into a cell
/// that is not formatted as text.
fn render_number(text: &mut String, number: f64) -> Option<FaultKind> {
    if number.fract() == 0.0 && number.abs() < 1e30 {
        text.push_str(&format!("{number:.0}"));
        return (number.abs() >= 1e15).then_some(FaultKind::DigitsLost);
    }
    // 0.1 + 0.2 is shown as 0.3.
    let shown = format!("{number:.14e}").parse().unwrap_or(number);
    if (1e-9..1e15).contains(&f64::abs(shown)) {
        text.push_str(&shown.to_string());
    } else {
        text.push_str(&format!("{shown:e}"));
    }
    None
}

/// `2021-12-31`, with ` 08:30` or ` 08:30:15` if there is a time of day; a duration as `36:30:00`.
fn render_moment(text: &mut String, moment: &ExcelDateTime) {
    if moment.is_duration() {
        let seconds = (moment.as_f64() * 86_400.0).round() as i64;
        let (hours, rest) = (seconds / 3600, seconds.abs() % 3600);
        text.push_str(&format!("{hours}:{:02}:{:02}", rest / 60, rest % 60));
        return;
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if moment.as_f64() >= 1.0 {
        text.push_str(&format!("{year:04}-{month:02}-{day:02}"));
    }
    if moment.as_f64().fract() == 0.0 {
        return;
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(&format!("{hour:02}:{minute:02}"));
    if second != 0 {
        text.push_str(&format!(":{second:02}"));
    }
}
