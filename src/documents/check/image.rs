//! How large a picture says it is. Nothing is decoded.

use super::Format;

/// Pixels. An A0 sheet at 400 dots an inch has less than this.
pub const LONGEST_SIDE: u32 = 20_000;

/// Refuses a picture without a size, or with one that would fill the memory of who opens it.
pub fn check(format: Format, bytes: &[u8]) -> Result<(), &'static str> {
    let size = match format {
        Format::Png => png(bytes),
        Format::Jpeg => jpeg(bytes),
        _ => webp(bytes),
    };
    match size {
        Some((width, height)) if width > 0 && height > 0 => {
            if width.max(height) > LONGEST_SIDE {
                Err("document_picture")
            } else {
                Ok(())
            }
        }
        _ => Err("document_damaged"),
    }
}

/// The first chunk, IHDR, has the size.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(12..24)?.strip_prefix(b"IHDR")?;
    Some((big_endian(&header[..4]), big_endian(&header[4..])))
}

/// The size is in the frame header (SOF), which comes before the scans.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        while *bytes.get(at)? == 0xff && *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        let [0xff, marker] = *bytes.get(at..at + 2)? else {
            return None;
        };
        match marker {
            // Markers without a body.
            0x01 | 0xd0..=0xd8 => at += 2,
            // The first scan, or the end: no frame came.
            0xd9 | 0xda => return None,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let frame = bytes.get(at + 5..at + 9)?;
                return Some((big_endian(&frame[2..]), big_endian(&frame[..2])));
            }
            _ => at += 2 + usize::try_from(big_endian(bytes.get(at + 2..at + 4)?)).ok()?.max(2),
        }
    }
}

/// Only the extended form can be larger than 16,383 pixels.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.get(12..16)? != b"VP8X" {
        return bytes.get(12..15).filter(|kind| *kind == b"VP8").map(|_| (1, 1));
    }
    let size = bytes.get(24..30)?;
    let one_less = |part: &[u8]| part.iter().rev().fold(0, |n, byte| n << 8 | u32::from(*byte));
    Some((one_less(&size[..3]) + 1, one_less(&size[3..]) + 1))
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n, byte| n << 8 | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        let mut bytes =
            b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08".to_vec();
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes
    }

    #[test]
    fn a_picture_is_as_large_as_its_header_says() {
        assert_eq!(jpeg(&jpeg_of(640, 480)), Some((640, 480)));
        assert_eq!(check(Format::Jpeg, &jpeg_of(65_000, 480)), Err("document_picture"));
        assert_eq!(check(Format::Jpeg, b"\xff\xd8\xff\xd9"), Err("document_damaged"));
        assert_eq!(check(Format::Png, b"\x89PNG\r\n\x1a\n"), Err("document_damaged"));
        assert_eq!(check(Format::Webp, b"RIFF\0\0\0\0WEBPVP8 "), Ok(()));
    }
}
