//! Rows of a text file: values separated by commas, semicolons or tabs.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder, Terminator};

use super::encoding::{Encoding, Utf8Reader};
use super::read::{Limits, Progress, Row, store_cell};
use super::{SheetError, column_name, is_guarded_or_formula};

/// The most bytes of one row. A row of 200 full cells of Chinese would be larger, but no list has
/// one; a quotation mark that is never closed takes in the rest of the file.
const ROW_BYTES: u64 = 4 << 20;
/// How many bytes are read at once. The limit of a row is checked at this step.
const PIECE: usize = 64 * 1024;

type Text = BufReader<Utf8Reader<Counted<File>>>;
type Input = Metered<io::Chain<io::Chain<io::Cursor<Vec<u8>>, Text>, &'static [u8]>>;

/// The rows of an open text file.
pub(super) struct TextRows {
    reader: Reader<Input>,
    record: ByteRecord,
    encoding: Encoding,
    columns: usize,
    cell_chars: usize,
    total: u64,
    done: Arc<AtomicU64>,
    /// Bytes handed out since the current row began.
    since_row: Arc<AtomicU64>,
    /// The line after the last row that was read.
    line: u64,
}

impl TextRows {
    /// `bytes` is the size of the file, for the progress.
    pub(super) fn open(
        file: File,
        bytes: u64,
        encoding: Encoding,
        limits: &Limits,
    ) -> Result<TextRows, SheetError> {
        let done = Arc::new(AtomicU64::new(0));
        let counted = Counted { source: file, count: Arc::clone(&done) };
        let mut text = BufReader::with_capacity(PIECE, Utf8Reader::new(counted, encoding));
        let header = first_line(&mut text).map_err(|error| at_row(error, 1, encoding))?;
        let delimiter = delimiter_of(&header);
        let since_row = Arc::new(AtomicU64::new(0));
        let input = Metered {
            ends_lines_by_cr: !header.ends_with(b"\n") && header.contains(&b'\r'),
            // One line end more, so that the last row ends like all others.
            source: io::Cursor::new(header).chain(text).chain(&b"\n"[..]),
            count: Arc::clone(&since_row),
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            // Rows end with LF, so that each has counted its line when it is handed over; a CR
            // before it is trimmed with the cell.
            .terminator(Terminator::Any(b'\n'))
            .buffer_capacity(PIECE)
            .from_reader(input);
        Ok(TextRows {
            reader,
            record: ByteRecord::new(),
            encoding,
            columns: limits.columns,
            cell_chars: limits.cell_chars,
            total: bytes,
            done,
            since_row,
            line: 1,
        })
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(super) fn progress(&self) -> Progress {
        Progress { done: self.done.load(Ordering::Relaxed), total: self.total }
    }

    /// Read the next row that is not blank; false at the end.
    pub(super) fn read_into(&mut self, row: &mut Row) -> Result<bool, SheetError> {
        row.faults.clear();
        loop {
            self.since_row.store(0, Ordering::Relaxed);
            let more = self.reader.read_byte_record(&mut self.record);
            if !more.map_err(|error| self.fault(error))? {
                return Ok(false);
            }
            self.line = self.reader.position().line();
            row.number = self.line_of_record();
            self.store(row)?;
            if row.cells.iter().any(|cell| !cell.is_empty()) {
                return Ok(true);
            }
        }
    }

    fn store(&self, row: &mut Row) -> Result<(), SheetError> {
        let number = row.number;
        row.cells.resize_with(self.record.len().min(self.columns), String::new);
        for (column, bytes) in self.record.iter().enumerate() {
            // The input was decoded to UTF-8, and delimiters never split a character.
            let text = std::str::from_utf8(bytes).map_err(|_| self.misfit(number))?;
            let Some(cell) = row.cells.get_mut(column) else {
                if text.trim().is_empty() {
                    continue;
                }
                return Err(SheetError::TooManyColumns {
                    row: number,
                    column: column_name(column),
                    limit: self.columns,
                });
            };
            store_cell(cell, text, number, column, self.cell_chars)?;
            if cell.starts_with('\'') && is_guarded_or_formula(cell) {
                cell.remove(0);
            }
        }
        Ok(())
    }

    /// The line on which the record just read begins. The reader's own position would count from
    /// the blank lines before it.
    fn line_of_record(&self) -> u64 {
        let breaks = self.record.as_slice().iter().filter(|&&byte| byte == b'\n').count();
        self.line.saturating_sub(1 + breaks as u64).max(1)
    }

    fn fault(&self, error: csv::Error) -> SheetError {
        let row = self.reader.position().line();
        match error.into_kind() {
            ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                SheetError::RowTooLong { row: self.line, limit: ROW_BYTES }
            }
            ErrorKind::Io(error) => at_row(error, row, self.encoding),
            _ => SheetError::Damaged { row: Some(row) },
        }
    }

    fn misfit(&self, row: u64) -> SheetError {
        SheetError::Encoding { row, encoding: self.encoding.as_str() }
    }
}

fn at_row(error: io::Error, row: u64, encoding: Encoding) -> SheetError {
    match error.kind() {
        io::ErrorKind::InvalidData => SheetError::Encoding { row, encoding: encoding.as_str() },
        _ => SheetError::Io(error),
    }
}

/// The blank lines at the start and the first line with content, or its first 64 KiB.
fn first_line(text: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut limited = text.take(PIECE as u64);
    while limited.read_until(b'\n', &mut line)? > 0 && line.trim_ascii().is_empty() {}
    Ok(line)
}

/// The separator that stands most often in the header outside quotation marks; commas in doubt.
fn delimiter_of(header: &[u8]) -> u8 {
    let (mut commas, mut semicolons, mut tabs, mut quoted) = (0, 0, 0, false);
    for byte in header {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => commas += 1,
            b';' if !quoted => semicolons += 1,
            b'\t' if !quoted => tabs += 1,
            _ => {}
        }
    }
    match commas.max(semicolons).max(tabs) {
        most if most == commas => b',',
        most if most == semicolons => b';',
        _ => b'\t',
    }
}

/// Counts the bytes that it hands on.
struct Counted<R> {
    source: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Refuses to hand on more than a row may have; the count is set to 0 as each row begins.
struct Metered<R> {
    source: R,
    /// Lines end with CR alone, as on the Macintosh of old and in some exports of today.
    ends_lines_by_cr: bool,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.count.load(Ordering::Relaxed) > ROW_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.source.read(buffer)?;
        if self.ends_lines_by_cr {
            buffer[..read].iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
