//! A real mail server for tests, aiosmtpd, in a Python that `script/test` has set up.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::support::TempDir;

/// The Python with aiosmtpd; without it these tests have nothing to talk to.
const PYTHON: &str = "TOUCHSTONE_TEST_MAIL";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/mail.py");

/// Takes mail until the value goes. It answers 550 for `nobody@…` and 451 for `later@…`.
pub struct MailServer {
    /// `smtp://127.0.0.1:…`
    pub url: String,
    python: String,
    server: Child,
    mail: PathBuf,
    _dir: TempDir,
}

/// A mail that came in, decoded.
#[derive(Debug, Deserialize)]
pub struct Mail {
    /// By lower-case names.
    pub heads: std::collections::BTreeMap<String, String>,
    pub kind: String,
    pub text: String,
    pub html: String,
}

impl MailServer {
    /// `None` where no mail server was asked for, which is said once on stderr.
    pub fn start() -> Option<MailServer> {
        let python = python()?;
        let dir = TempDir::new();
        let mail = dir.path().join("mail");
        let mut server = Command::new(&python)
            .args([SCRIPT, "serve"])
            .arg(&mail)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python of TOUCHSTONE_TEST_MAIL starts");
        let mut port = String::new();
        BufReader::new(server.stdout.take().expect("piped")).read_line(&mut port).expect("a port");
        let url = format!("smtp://127.0.0.1:{}", port.trim());
        Some(MailServer { url, python, server, mail, _dir: dir })
    }

    pub fn mails(&self) -> Vec<Mail> {
        let done = Command::new(&self.python).args([SCRIPT, "read"]).arg(&self.mail).output();
        let done = done.expect("Python starts");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice(&done.stdout).expect("mail as JSON")
    }

    /// Waits until so many mails have come.
    #[track_caller]
    pub fn wait_for(&self, number: usize) -> Vec<Mail> {
        let start = Instant::now();
        loop {
            let mails = self.mails();
            if mails.len() >= number {
                return mails;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "{} mails came", mails.len());
            thread::sleep(Duration::from_millis(200));
        }
    }
}

fn python() -> Option<String> {
    static SAY_SO: Once = Once::new();
    let python = env::var(PYTHON).ok();
    if python.is_none() {
        // Not `eprintln!`: the test harness hides what passing tests print.
        let line = format!("tests with a mail server left out: set {PYTHON}, or run script/test\n");
        SAY_SO.call_once(|| drop(std::io::stderr().write_all(line.as_bytes())));
    }
    python
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // Already ended is as good as killed.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
