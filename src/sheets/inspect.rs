//! A look through a workbook's archive before anything in it is interpreted.
//!
//! The sizes that an archive states about itself can lie, so every part is unpacked once, in
//! constant memory, and counted. On the way the parts are searched for what would make the reader
//! of the sheet reserve memory without bound.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::SheetError;
use super::read::Limits;

/// The most parts of a workbook; real ones have a dozen, with pictures some hundreds.
const MAX_PARTS: usize = 1_000;
/// The most bytes between two "<" of a part. The text of a full cell takes at most 32,767 × 6.
const MAX_TEXT_RUN: usize = 1 << 20;
/// The bytes of the shortest text in the table of texts, "<si/>".
const SHORTEST_TEXT: u64 = 5;
/// Texts that a table may claim beyond what it has room for; a few programs count wrongly.
const CLAIM_SLACK: u64 = 100_000;
/// How many bytes are looked at in one piece.
const PIECE: usize = 64 * 1024;
/// What is kept of one piece so that a marker across its end is found.
const OVERLAP: usize = 64;

/// Refuse an archive that is damaged, or could exhaust the memory when it is read as a workbook.
/// Leaves the file at its start.
pub(super) fn inspect(file: &mut File, limits: &Limits) -> Result<(), SheetError> {
    if stated_parts(file)? > MAX_PARTS {
        return Err(SheetError::Expands { limit: limits.unpacked_bytes });
    }
    file.seek(SeekFrom::Start(0))?;
    inspect_parts(BufReader::new(&mut *file), limits)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(())
}

/// The number of parts that the archive's end record states, read before the table of parts is
/// loaded. 65,535 stands for "more" and is too many anyway.
fn stated_parts(file: &mut File) -> Result<usize, SheetError> {
    // The record has 22 bytes and may be followed by a comment of up to 65,535.
    const LONGEST: u64 = 22 + 65_535;
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(size.saturating_sub(LONGEST)))?;
    let mut tail = Vec::new();
    file.take(LONGEST).read_to_end(&mut tail)?;
    let record = tail
        .windows(12)
        .rev()
        .find(|window| window.starts_with(b"PK\x05\x06"))
        .ok_or(SheetError::Damaged { row: None })?;
    Ok(usize::from(u16::from_le_bytes([record[10], record[11]])))
}

fn inspect_parts(file: impl Read + Seek, limits: &Limits) -> Result<(), SheetError> {
    let damaged = |_| SheetError::Damaged { row: None };
    let mut archive = ZipArchive::new(file).map_err(damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(SheetError::Expands { limit: limits.unpacked_bytes });
    }
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        let is_shared_text = name.ends_with("sharedstrings.xml");
        let mut limit = limits.unpacked_bytes - unpacked;
        if is_shared_text {
            limit = limit.min(limits.shared_text_bytes);
        }
        // Document servers add parts of their own, which nothing here interprets.
        let is_foreign = name.starts_with("customxml/") || name.starts_with("docprops/");
        let scan = Scan {
            is_markup: !is_foreign && (name.ends_with(".xml") || name.ends_with(".rels")),
            is_shared_text,
            limit,
        };
        unpacked += scan.run(part)?;
    }
    Ok(())
}

/// What one part is looked through for.
struct Scan {
    is_markup: bool,
    is_shared_text: bool,
    limit: u64,
}

impl Scan {
    /// Unpack the part and return how many bytes it has.
    fn run(&self, mut part: impl Read) -> Result<u64, SheetError> {
        let too_much = || SheetError::Expands { limit: self.limit };
        let mut buffer = vec![0; OVERLAP + PIECE];
        let (mut size, mut run, mut kept, mut claim) = (0, 0, 0, 0);
        loop {
            let read =
                part.read(&mut buffer[kept..]).map_err(|_| SheetError::Damaged { row: None })?;
            if read == 0 && claim > CLAIM_SLACK + size / SHORTEST_TEXT {
                return Err(too_much());
            }
            if read == 0 {
                return Ok(size);
            }
            size += read as u64;
            if size > self.limit {
                return Err(too_much());
            }
            let filled = kept + read;
            if self.is_markup {
                run = plain_markup(&buffer[kept..filled], run)?;
                if run > MAX_TEXT_RUN {
                    return Err(too_much());
                }
                if has_declaration(&buffer[..filled]) {
                    return Err(SheetError::Damaged { row: None });
                }
            }
            if self.is_shared_text {
                claim = claim.max(claimed_texts(&buffer[..filled]));
            }
            let keep = filled.min(OVERLAP);
            buffer.copy_within(filled - keep..filled, 0);
            kept = keep;
        }
    }
}

/// The length of the run without "<" at the end of the piece, given the run before it, or the
/// longest where one is too long. Bytes that XML forbids are refused: in UTF-16 and other encodings
/// the checks here would look past what the reader of the sheet then sees.
fn plain_markup(piece: &[u8], before: usize) -> Result<usize, SheetError> {
    if piece.iter().any(|&byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) {
        return Err(SheetError::Damaged { row: None });
    }
    let mut run = before;
    for (index, text) in piece.split(|&byte| byte == b'<').enumerate() {
        run = if index == 0 { run + text.len() } else { text.len() };
        if run > MAX_TEXT_RUN {
            break;
        }
    }
    Ok(run)
}

/// Comments, CDATA and document types: no spreadsheet program writes them into a workbook, and the
/// reader would hold each in memory as a whole.
fn has_declaration(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| pair == b"<!")
}

/// How many texts the table of texts claims to have; memory is reserved for the claim. A value too
/// long to be seen as a whole across two pieces counts as endless.
fn claimed_texts(bytes: &[u8]) -> u64 {
    const MARKER: &[u8] = b"uniqueCount";
    let claims = bytes.windows(MARKER.len()).enumerate();
    let claims = claims.filter(|(_, window)| *window == MARKER);
    claims.map(|(at, _)| claim_in(&bytes[at + MARKER.len()..])).max().unwrap_or(0)
}

/// The number behind the name of an attribute.
fn claim_in(rest: &[u8]) -> u64 {
    let is_value = |byte: &&u8| byte.is_ascii_whitespace() || b"=\"'+0123456789".contains(byte);
    let length = rest.iter().take_while(is_value).count();
    if length > OVERLAP / 2 {
        return u64::MAX;
    }
    let digits = rest[..length].iter().filter(|byte| byte.is_ascii_digit());
    digits
        .fold(0u64, |claim, digit| claim.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}
