//! Office files are archives. Only the table of their parts is looked at, and the one part that
//! says what the others are; nothing else is unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Format;

/// The most parts of a document; with many pictures real ones have some hundreds.
const MAX_PARTS: usize = 2_000;
/// What all parts may unpack to, by what they say.
const MAX_UNPACKED: u64 = 300 << 20;
/// What one part may unpack to for each byte of the file. Sheets of one value reach some hundreds.
const MAX_RATIO: u64 = 1_000;
/// What the table of content types may unpack to.
const MAX_TYPES: u64 = 1 << 20;
/// An end record has 22 bytes and a comment of up to 65,535.
const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;

/// Which kind of office file an archive is, or the code of why it is not taken.
pub fn format_of(bytes: &[u8]) -> Result<Format, &'static str> {
    let damaged = "document_damaged";
    // Before the table is loaded: 65,535 stands for "more".
    let end = archive_end(bytes).ok_or(damaged)?;
    if usize::from(u16::from_le_bytes([bytes[end + 10], bytes[end + 11]])) > MAX_PARTS {
        return Err("document_expands");
    }
    // Anything behind the end, or in a comment, is no part of an office file.
    if end + END_LENGTH != bytes.len() {
        return Err("document_mixed");
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged)?;
    let mut unpacked = 0_u64;
    let (mut is_book, mut is_text) = (false, false);
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| damaged)?;
        let name = part.name().map_err(|_| damaged)?.to_lowercase();
        if part.encrypted() {
            return Err("document_locked");
        }
        if name.contains("vbaproject") || name.contains("vbadata") || name.contains("activex") {
            return Err("document_macros");
        }
        if name.contains("..") || name.starts_with('/') || name.contains('\\') {
            return Err("document_mixed");
        }
        unpacked = unpacked.saturating_add(part.size());
        if unpacked > MAX_UNPACKED || part.size() / part.compressed_size().max(1) > MAX_RATIO {
            return Err("document_expands");
        }
        is_book |= name == "xl/workbook.xml";
        is_text |= name == "word/document.xml";
    }
    let types = archive.by_name("[Content_Types].xml").map_err(|_| "document_type")?;
    let mut text = String::new();
    types.take(MAX_TYPES).read_to_string(&mut text).map_err(|_| damaged)?;
    if text.to_lowercase().contains("macroenabled") {
        return Err("document_macros");
    }
    match (is_book, is_text) {
        (true, false) => Ok(Format::Xlsx),
        (false, true) => Ok(Format::Docx),
        _ => Err("document_type"),
    }
}

/// Whether programs that unpack archives would find one at the end of this.
pub fn has_archive_end(bytes: &[u8]) -> bool {
    archive_end(bytes).is_some()
}

fn archive_end(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(END_LENGTH + usize::from(u16::MAX));
    let last = bytes.get(from..)?.windows(END_LENGTH).rposition(|part| part.starts_with(END))?;
    Some(from + last)
}
