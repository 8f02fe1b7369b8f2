//! Evidence files when something around them goes wrong: a line that stalls, a virus scanner.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rocket::tokio::runtime::Runtime;
use touchstone::access::session::SESSION_COOKIE;

use crate::evidence::{Evidence, pdf};
use crate::support::{TempDir, settings, vault};

const PORTAL: &str = "/portal/documents";

#[test]
fn an_upload_that_stalls_is_ended_and_leaves_nothing_behind() {
    let evidence = Evidence::new(None, |settings| settings);
    let person = evidence.app.supplier();
    let (token, session) = (person.token(), person.cookie(SESSION_COOKIE).expect("signed in"));
    let temp = TempDir::new();
    let port = free_port();
    let settings = [("port", port.into()), ("upload_seconds", serde_json::json!(2))]
        .into_iter()
        .chain([("temp_dir", temp.path().display().to_string().into())])
        .chain([("documents_url", evidence.app.documents().display().to_string().into())])
        .try_fold(settings(), |settings, (name, value)| settings.with(name, value))
        .expect("settings");
    let rocket = touchstone::rocket(settings, evidence.app.db().clone(), vault());
    let runtime = Runtime::new().expect("a runtime");
    let (stop, stopped) = rocket::tokio::sync::oneshot::channel();
    runtime.spawn(async move {
        let rocket = rocket.ignite().await.expect("ignites");
        let shutdown = rocket.shutdown();
        rocket::tokio::spawn(async move {
            let _ = stopped.await;
            shutdown.notify();
        });
        let _ = rocket.launch().await;
    });
    let mut stream = connect(port);
    let head = format!(
        "--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{token}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n%PDF-1.4\n{}",
        " ".repeat(300_000)
    );
    write!(
        stream,
        "POST {PORTAL} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {SESSION_COOKIE}={session}\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 10000000\r\n\r\n{head}"
    )
    .expect("the beginning is sent");
    let began = Instant::now();
    let mut seen = false;
    while began.elapsed() < Duration::from_millis(1500) && !seen {
        seen = has_files(temp.path());
        thread::sleep(Duration::from_millis(20));
    }
    assert!(seen, "the file was coming in");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
    let mut answer = [0; 8192];
    let length = stream.read(&mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    assert!(!has_files(temp.path()), "what had come in is gone");
    evidence.assert_untouched("a stalled upload");
    drop(stream);
    let _ = stop.send(());
    runtime.shutdown_timeout(Duration::from_secs(10));
}

#[test]
fn the_command_line_names_what_is_not_sound() {
    let evidence = Evidence::new(None, |settings| settings);
    let person = evidence.app.supplier();
    for text in ["one", "two"] {
        person.upload(PORTAL, "a.pdf", &pdf(text), &[("kind", "other")]).expect(303);
    }
    let verify = || {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_touchstone"))
            .env("DATABASE_URL", evidence.app.database_url())
            .env("ROCKET_DOCUMENTS_URL", evidence.app.documents())
            .args(["verify", "documents"])
            .output()
            .expect("the program runs");
        let said = [done.stdout, done.stderr].concat();
        (done.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    let (code, said) = verify();
    assert!(code == Some(0) && said.contains("2 files"), "{said}");
    let stored = evidence.stored();
    evidence.alter(&stored[0], b"x");
    std::fs::remove_file(evidence.app.documents().join(&stored[1])).expect("taken away");
    let (code, said) = verify();
    assert_eq!(code, Some(1), "{said}");
    for text in ["altered: S-", "missing: S-", "2 of 2", &stored[0].replace('/', "")] {
        assert!(said.contains(text), "{text} is not in {said}");
    }
}

fn has_files(folder: &Path) -> bool {
    std::fs::read_dir(folder).expect("a folder").next().is_some()
}

fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    free.local_addr().expect("an address").port()
}

fn connect(port: u16) -> TcpStream {
    let began = Instant::now();
    loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => return stream,
            Err(error) => assert!(began.elapsed() < Duration::from_secs(20), "{error}"),
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Answers as clamd does: EICAR in what comes is harmful, BROKEN is an error.
fn answer_as_clamd(mut stream: impl Read + Write) {
    let mut command = [0; 10];
    stream.read_exact(&mut command).expect("a command");
    assert_eq!(&command, b"zINSTREAM\0");
    let mut bytes = Vec::new();
    loop {
        let mut length = [0; 4];
        stream.read_exact(&mut length).expect("a length");
        let length = u32::from_be_bytes(length) as usize;
        if length == 0 {
            break;
        }
        let mut piece = vec![0; length];
        stream.read_exact(&mut piece).expect("a piece");
        bytes.extend(piece);
    }
    let text = String::from_utf8_lossy(&bytes);
    let answer: &[u8] = match () {
        _ if text.contains("EICAR") => b"stream: Win.Test.EICAR_HDB-1 FOUND\0",
        _ if text.contains("BROKEN") => b"INSTREAM size limit exceeded. ERROR\0",
        _ => b"stream: OK\0",
    };
    stream.write_all(answer).expect("an answer");
}

fn assert_scanned(address: &str) {
    let evidence = Evidence::new(None, |s| s.with("clamd", address).expect("a setting"));
    let person = evidence.app.supplier();
    let send = |text: &str| person.upload(PORTAL, "a.pdf", &pdf(text), &[("kind", "other")]);
    send("EICAR").expect(422).shows("knows this file as harmful");
    evidence.assert_untouched("harmful");
    send("BROKEN").expect(422).shows("cannot be reached");
    evidence.assert_untouched("not scanned");
    // More than one piece.
    send(&"plain".repeat(40_000)).expect(303);
    assert_eq!(evidence.stored().len(), 1);
}

#[test]
fn what_the_virus_scanner_knows_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer_as_clamd(stream.expect("a connection"));
        }
    });
    assert_scanned(&address);
}

#[cfg(unix)]
#[test]
fn the_virus_scanner_may_be_at_a_socket() {
    let dir = TempDir::new();
    let path = dir.path().join("clamd.ctl");
    let listener = std::os::unix::net::UnixListener::bind(&path).expect("a socket");
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer_as_clamd(stream.expect("a connection"));
        }
    });
    assert_scanned(&path.display().to_string());
}

#[test]
fn nothing_is_taken_while_the_virus_scanner_cannot_be_reached() {
    let address = format!("127.0.0.1:{}", free_port());
    let evidence = Evidence::new(None, |s| s.with("clamd", &address).expect("a setting"));
    let person = evidence.app.supplier();
    let reply = person.upload(PORTAL, "a.pdf", &pdf("x"), &[("kind", "other")]).expect(422);
    reply.shows("The virus scanner cannot be reached");
    evidence.assert_untouched("no scanner");
}
