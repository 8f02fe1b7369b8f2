//! Which encoding a text file has, and reading it as UTF-8.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, DecoderResult};

use super::SheetError;

/// The encodings that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// GB 18030, what Excel in mainland China writes by default.
    Gb18030,
    /// Windows-1252, what Excel in western Europe writes by default.
    Windows1252,
}

impl Encoding {
    /// The name to show to a person.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Gb18030 => "GB18030",
            Encoding::Windows1252 => "Windows-1252",
        }
    }

    fn decoder(self) -> Decoder {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        }
        .new_decoder_with_bom_removal()
    }
}

/// How many bytes are looked at in one piece.
const PIECE: usize = 64 * 1024;

/// The encoding of a text file, told by its first bytes that are not ASCII. Leaves the file at its
/// start.
pub(super) fn detect(file: &mut File) -> Result<Encoding, SheetError> {
    let mut piece = Vec::with_capacity(PIECE);
    let mut first = true;
    let found = loop {
        piece.clear();
        file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        if first {
            if let Some(encoding) = utf16(&piece) {
                break encoding;
            }
            if !is_text(&piece) {
                return Err(SheetError::NotASheet);
            }
            first = false;
        }
        if piece.is_empty() {
            break Encoding::Utf8;
        }
        if !piece.is_ascii() {
            break utf8_or_older(&piece).ok_or(SheetError::NotASheet)?;
        }
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(found)
}

/// UTF-16 by its byte order mark, or by the zero bytes of its commas and line ends: on one side of
/// the pairs and hardly ever on the other.
fn utf16(piece: &[u8]) -> Option<Encoding> {
    match piece {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let zeros = |offset: usize| piece.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let enough = 2 + piece.len() / 100;
    if low_first >= enough && low_first > 10 * high_first {
        return Some(Encoding::Utf16Le);
    }
    (high_first >= enough && high_first > 10 * low_first).then_some(Encoding::Utf16Be)
}

/// Whether the bytes can be text of a sheet at all. A few stray control characters are tolerated
/// (they are replaced later); pages and documents that go by the name of a sheet are not.
fn is_text(piece: &[u8]) -> bool {
    let start = piece.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(piece).trim_ascii_start();
    let is_document = [
        &b"%PDF"[..],
        b"<!DOCTYPE",
        b"<!doctype",
        b"<html",
        b"<HTML",
        b"<?xml",
        b"<table",
        b"{\\rtf",
    ]
    .iter()
    .any(|magic| start.starts_with(magic));
    let controls =
        piece.iter().filter(|&&b| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r')).count();
    !is_document && controls <= 1 + piece.len() / 200
}

/// UTF-8 if the bytes are, else the older encoding they most look like.
fn utf8_or_older(piece: &[u8]) -> Option<Encoding> {
    // Bytes of GB 18030 are valid UTF-8 now and then, and UTF-8 may have a broken place, which is
    // named by its row when it is reached: so the greater number decides.
    let (mut valid, mut broken) = (0, 0);
    for chunk in piece.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if broken == 0 || valid > 10 * broken {
        return Some(Encoding::Utf8);
    }
    if is_western(piece) {
        return Some(Encoding::Windows1252);
    }
    let mut decoder = encoding_rs::GB18030.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(piece.len() * 2);
    let (result, _) = decoder.decode_to_string_without_replacement(piece, &mut text, false);
    (result == DecoderResult::InputEmpty).then_some(Encoding::Gb18030)
}

/// Chinese text in GB 18030 has its high bytes in pairs; the accented letters of western Europe
/// mostly stand alone between ASCII letters, which GB 18030 would read as rare ideographs.
fn is_western(piece: &[u8]) -> bool {
    let (mut alone, mut together) = (0, 0);
    for run in piece.split(u8::is_ascii) {
        match run.len() {
            0 => {}
            1 => alone += 1,
            length => together += length / 2,
        }
    }
    alone > together
}

/// Reads a file as UTF-8. Bytes that do not fit the encoding end it with an error of kind
/// `InvalidData`; nothing is replaced silently.
pub(super) struct Utf8Reader<R> {
    source: R,
    decoder: Decoder,
    input: Vec<u8>,
    consumed: usize,
    output: Vec<u8>,
    filled: usize,
    delivered: usize,
    at_end: bool,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Reading,
    /// What came before the misfit is still to be delivered.
    Malformed,
    Finished,
}

impl<R: Read> Utf8Reader<R> {
    pub(super) fn new(source: R, encoding: Encoding) -> Utf8Reader<R> {
        Utf8Reader {
            source,
            decoder: encoding.decoder(),
            input: Vec::with_capacity(PIECE),
            consumed: 0,
            // A UTF-16 unit of two bytes can become three.
            output: vec![0; PIECE * 2],
            filled: 0,
            delivered: 0,
            at_end: false,
            state: State::Reading,
        }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        if self.consumed == self.input.len() && !self.at_end {
            self.input.clear();
            self.consumed = 0;
            self.source.by_ref().take(PIECE as u64).read_to_end(&mut self.input)?;
            self.at_end = self.input.len() < PIECE;
        }
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
            &self.input[self.consumed..],
            &mut self.output,
            self.at_end,
        );
        self.consumed += read;
        self.filled = written;
        self.delivered = 0;
        match result {
            DecoderResult::Malformed(..) => self.state = State::Malformed,
            DecoderResult::InputEmpty if self.at_end => self.state = State::Finished,
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.delivered == self.filled {
            match self.state {
                State::Reading => self.decode_more()?,
                State::Malformed => return Err(io::ErrorKind::InvalidData.into()),
                State::Finished => return Ok(0),
            }
        }
        let count = buffer.len().min(self.filled - self.delivered);
        buffer[..count].copy_from_slice(&self.output[self.delivered..self.delivered + count]);
        self.delivered += count;
        Ok(count)
    }
}
