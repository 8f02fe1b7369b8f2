//! What may be handed in as evidence, told by what a file holds; its name has to agree.

mod image;
mod office;

use super::names::{ending, harmless};
use super::{MOST_BYTES, scan};
use crate::error::{Error, Problem, Problems};
use crate::values::sha256_hex;

/// How much of a file's beginning and end is searched for another file or page inside.
const EDGE: usize = 64 * 1024;
/// Where programs that read PDF look for its mark: what stands there is not read as a page.
const HEAD: usize = 1024;

/// A kind of file that is taken. No SVG, no page, no program, nothing with macros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Pdf,
    Png,
    Jpeg,
    Webp,
    Xlsx,
    Docx,
}

/// What an `accept` attribute says.
pub const ACCEPTED: &str = ".pdf,.png,.jpg,.jpeg,.webp,.xlsx,.docx";

impl Format {
    fn media_type(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Png => "image/png",
            Format::Jpeg => "image/jpeg",
            Format::Webp => "image/webp",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Format::Pdf => &["pdf"],
            Format::Png => &["png"],
            Format::Jpeg => &["jpg", "jpeg"],
            Format::Webp => &["webp"],
            Format::Xlsx => &["xlsx"],
            Format::Docx => &["docx"],
        }
    }
}

/// A file that may be kept: only [`check`] makes one.
pub struct Checked {
    pub(super) file_name: String,
    pub(super) media_type: &'static str,
    pub(super) sha256: String,
    pub(super) bytes: Vec<u8>,
}

/// Looks at a file before any of it is kept: its size, its kind, what is hidden in it, and, where
/// the address of a ClamAV daemon is given, for what that knows. Problems name the field `file`.
pub fn check(name: &str, bytes: Vec<u8>, clamd: &str) -> Result<Checked, Error> {
    let file_name = harmless(name);
    let format = format_of(&file_name, &bytes).map_err(|problem| Problems(vec![problem]))?;
    scan::scan(clamd, &bytes).map_err(refused)?;
    Ok(Checked { file_name, media_type: format.media_type(), sha256: sha256_hex(&bytes), bytes })
}

/// The problem of a file that is larger than any that is taken.
pub fn too_large() -> Problem {
    Problem::new("file", "document_too_large").with("max", MOST_BYTES >> 20)
}

fn refused(code: &'static str) -> Problems {
    Problems::one("file", code)
}

fn format_of(name: &str, bytes: &[u8]) -> Result<Format, Problem> {
    let wrong = |code| Problem::new("file", code);
    if bytes.is_empty() {
        return Err(wrong("document_missing"));
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large());
    }
    if is_with_macros(&ending(name)) {
        return Err(wrong("document_macros"));
    }
    let format = match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("application/pdf") => Format::Pdf,
        Some("image/png") => Format::Png,
        Some("image/jpeg") => Format::Jpeg,
        Some("image/webp") => Format::Webp,
        _ if bytes.starts_with(b"PK\x03\x04") => office::format_of(bytes).map_err(wrong)?,
        _ => return Err(wrong("document_type")),
    };
    if !format.endings().contains(&ending(name).as_str()) {
        return Err(wrong("document_ending").with("endings", format.endings().join(", ")));
    }
    if is_two_files(format, bytes) {
        return Err(wrong("document_mixed"));
    }
    match format {
        Format::Png | Format::Jpeg | Format::Webp => {
            image::check(format, bytes)
                .map_err(|code| Problem::new("file", code).with("max", image::LONGEST_SIDE))?;
        }
        Format::Pdf | Format::Xlsx | Format::Docx => {}
    }
    Ok(format)
}

/// Office's own endings for what holds programs.
fn is_with_macros(ending: &str) -> bool {
    matches!(ending, "docm" | "dotm" | "xlsm" | "xltm" | "xlam" | "xlsb" | "pptm")
}

/// Whether a file is also something else: a page for browsers, or an archive at its end, which is
/// where archives are read from. Office files are archives, and looked at by their parts.
fn is_two_files(format: Format, bytes: &[u8]) -> bool {
    const PAGE: &[&[u8]] = &[b"<script", b"<html", b"<!doctype", b"<svg", b"<?php", b"<body"];
    let head = &bytes[..bytes.len().min(if format == Format::Pdf { HEAD } else { EDGE })];
    let tail = &bytes[bytes.len().saturating_sub(EDGE)..];
    let is_office = matches!(format, Format::Xlsx | Format::Docx);
    let holds_page = PAGE.iter().any(|mark| holds(head, mark));
    match format {
        _ if is_office => false,
        Format::Pdf => holds_page || office::has_archive_end(bytes),
        _ => {
            holds_page
                || PAGE.iter().any(|mark| holds(tail, mark))
                || holds(head, b"%pdf-")
                || holds(tail, b"%pdf-")
                || office::has_archive_end(bytes)
        }
    }
}

/// Whether a text of small letters is in `bytes`, in whatever case.
fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(name: &str, bytes: &[u8]) -> Option<String> {
        format_of(name, bytes).err().map(|problem| problem.code)
    }

    #[test]
    fn a_file_is_what_it_holds_and_its_name_says_the_same() {
        let pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n";
        assert_eq!(format_of("licence.PDF", pdf), Ok(Format::Pdf));
        assert_eq!(code_of("licence.png", pdf).as_deref(), Some("document_ending"));
        assert_eq!(code_of("licence.pdf", b"MZ\x90\0\x03").as_deref(), Some("document_type"));
        assert_eq!(code_of("licence.pdf", b"").as_deref(), Some("document_missing"));
    }

    #[test]
    fn a_page_is_no_picture_and_no_pdf_whatever_it_begins_with() {
        for (name, bytes) in [
            ("a.pdf", &b"<html><script>1</script>\n%PDF-1.7\n%%EOF"[..]),
            ("a.pdf", b"%PDF-1.7\n<HTML><body>\n%%EOF"),
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
            ("a.png", b"<!doctype html>"),
        ] {
            let code = code_of(name, bytes).expect("refused");
            assert!(["document_type", "document_mixed"].contains(&code.as_str()), "{code}");
        }
    }
}
