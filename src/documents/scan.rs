//! Asks a ClamAV daemon about a file, by its command INSTREAM.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

const CONNECTING: Duration = Duration::from_secs(5);
/// Of each reading and writing. The daemon looks into archives.
const ANSWERING: Duration = Duration::from_secs(30);
const PIECE: usize = 64 * 1024;
/// Characters of an answer that matter.
const ANSWER: u64 = 1024;

/// Refuses what the daemon at `address` (`host:port`, or the path of a socket) knows as harmful,
/// with the code of a problem. While it cannot be asked, nothing is taken. "" asks nobody.
pub fn scan(address: &str, bytes: &[u8]) -> Result<(), &'static str> {
    if address.is_empty() {
        return Ok(());
    }
    match ask(address, bytes) {
        Ok(answer) if answer == "stream: OK" => Ok(()),
        Ok(answer) if answer.ends_with("FOUND") => {
            log::warn!("a document was refused: {answer}");
            Err("document_infected")
        }
        Ok(answer) => {
            log::error!("clamd at {address}: {answer}");
            Err("document_unscanned")
        }
        Err(error) => {
            log::error!("clamd at {address}: {error}");
            Err("document_unscanned")
        }
    }
}

fn ask(address: &str, bytes: &[u8]) -> io::Result<String> {
    let path = address.strip_prefix("unix:").unwrap_or(address);
    if path.starts_with('/') {
        return ask_socket(path, bytes);
    }
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for socket in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&socket, CONNECTING) {
            Ok(stream) => {
                stream.set_read_timeout(Some(ANSWERING))?;
                stream.set_write_timeout(Some(ANSWERING))?;
                return converse(stream, bytes);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

#[cfg(unix)]
fn ask_socket(path: &str, bytes: &[u8]) -> io::Result<String> {
    let stream = std::os::unix::net::UnixStream::connect(path)?;
    stream.set_read_timeout(Some(ANSWERING))?;
    stream.set_write_timeout(Some(ANSWERING))?;
    converse(stream, bytes)
}

#[cfg(not(unix))]
fn ask_socket(_: &str, _: &[u8]) -> io::Result<String> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Pieces with their length before them, then one of length 0; the answer ends with a null.
fn converse(mut stream: impl Read + Write, bytes: &[u8]) -> io::Result<String> {
    stream.write_all(b"zINSTREAM\0")?;
    for piece in bytes.chunks(PIECE) {
        stream.write_all(&(piece.len() as u32).to_be_bytes())?;
        stream.write_all(piece)?;
    }
    stream.write_all(&0_u32.to_be_bytes())?;
    stream.flush()?;
    let mut answer = Vec::new();
    stream.take(ANSWER).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).trim_end_matches(['\0', '\n']).to_string())
}
