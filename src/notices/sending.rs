//! How letters leave the register: to a mail server, or into a folder where there is none.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::response::{Category, Severity};
use lettre::{SmtpTransport, Transport};

use super::letter::wrapped;
use super::{LINK, Message};
use crate::Settings;
use crate::error::Error;

/// How long to wait for each answer of a mail server.
const PATIENCE: Duration = Duration::from_secs(15);
/// Characters of an answer that are kept.
const KEPT: usize = 300;

/// What came of a letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub end: End,
    /// The words of the mail server with their number, "550 no such mailbox", or a word of ours
    /// for what went wrong (`unreachable`, `timeout`, `tls`, `unreadable`, `unwritten`), behind which
    /// the system's may stand; "" for nothing.
    pub answer: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    Sent,
    /// Written into the folder.
    Kept,
    /// To be tried again.
    Failed,
    /// The server will never deliver to this address.
    Refused,
}

impl Outcome {
    fn of(end: End, answer: &str) -> Outcome {
        let answer: String = answer.chars().filter(|c| !c.is_control()).take(KEPT).collect();
        Outcome { end, answer }
    }

    /// The letter could not even be made: a key is missing, or the texts are not what they were.
    pub fn unreadable() -> Outcome {
        Outcome::of(End::Failed, "unreadable")
    }
}

/// Sends letters, as the settings say.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Server(SmtpTransport),
    Folder(PathBuf),
}

impl Mailer {
    /// Says which setting is wrong, but not its value: it has a password in it.
    pub fn of(settings: &Settings) -> Result<Mailer, Error> {
        let wrong = |text: &str| Error::Internal(text.into());
        if !settings.has_mail_server() {
            let from = settings.mail_from.parse().or_else(|_| "touchstone@localhost".parse());
            let from = from.map_err(|_| wrong("mail_from is no address"))?;
            return Ok(Mailer { from, way: Way::Folder(settings.mail_folder.clone()) });
        }
        let from = settings.mail_from.parse().map_err(|_| {
            wrong("smtp_url is set, so mail_from must be an address: Name <name@example.com>")
        })?;
        let url = &settings.smtp_url;
        if url.starts_with("smtp://") && url.contains('@') && !url.contains("?tls=required") {
            return Err(wrong(
                "smtp_url has a password, which would be sent for all to read: \
                 use smtps://, or add ?tls=required",
            ));
        }
        let server = SmtpTransport::from_url(url).map_err(|_| {
            wrong("smtp_url is not smtp://host:port or smtps://user:password@host:port")
        })?;
        Ok(Mailer { from, way: Way::Server(server.timeout(Some(PATIENCE)).build()) })
    }

    /// Whether letters leave the register.
    pub fn has_server(&self) -> bool {
        matches!(self.way, Way::Server(_))
    }

    /// Sends a letter, its link put in. Blocks.
    pub fn send(&self, message: &Message, link: Option<&str>) -> Outcome {
        let mail = match self.mail(message, link) {
            Ok(mail) => mail,
            Err(error) => {
                log::error!("letter {} could not be made: {error}", message.id);
                return Outcome::unreadable();
            }
        };
        match &self.way {
            Way::Server(server) => match server.send(&mail) {
                Ok(_) => Outcome::of(End::Sent, ""),
                Err(error) => outcome_of(&error),
            },
            Way::Folder(folder) => match keep(folder, message, &mail.formatted()) {
                Ok(()) => Outcome::of(End::Kept, ""),
                Err(error) => {
                    log::error!("letter {} could not be kept: {error}", message.id);
                    Outcome::of(End::Failed, "unwritten")
                }
            },
        }
    }

    /// The letter as it is sent. Its Message-ID is the same on every try.
    fn mail(&self, message: &Message, link: Option<&str>) -> Result<lettre::Message, Error> {
        let wrong = |error: &dyn std::error::Error| Error::Internal(error.to_string());
        let to = Mailbox::new(
            Some(message.name.clone()).filter(|name| !name.is_empty()),
            message.email.parse().map_err(|e: lettre::address::AddressError| wrong(&e))?,
        );
        let head = |name, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_string())
        };
        lettre::Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&message.subject)
            .message_id(Some(format!("<{}@{}>", message.id, self.from.email.domain())))
            // No answering machine answers (RFC 3834).
            .raw_header(head("Auto-Submitted", "auto-generated"))
            .raw_header(head("Content-Language", &message.language))
            .multipart(MultiPart::alternative_plain_html(
                text_with(message, link),
                html_with(message, link),
            ))
            .map_err(|e| wrong(&e))
    }
}

/// The text as it is sent: the link in it, and lines that fit.
pub fn text_with(message: &Message, link: Option<&str>) -> String {
    let text = wrapped(&message.body_text);
    match link {
        Some(link) => text.replace(LINK, link),
        None => text,
    }
}

fn html_with(message: &Message, link: Option<&str>) -> String {
    let Some(link) = link else {
        return message.body_html.clone();
    };
    let escaped = link.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    message.body_html.replace(LINK, &escaped)
}

/// A mail server's 55x is about the mailbox (RFC 5321, section 4.2.1), and stays as it is. Any
/// other answer, also that it wants another password, may be put right.
fn outcome_of(error: &lettre::transport::smtp::Error) -> Outcome {
    let Some(code) = error.status() else {
        return Outcome::of(End::Failed, &what_failed(error));
    };
    let is_final = code.severity == Severity::PermanentNegativeCompletion
        && code.category == Category::MailSystem;
    let said = std::error::Error::source(error).map(|words| words.to_string());
    let answer = format!("{code} {}", said.unwrap_or_default().replace('\n', " "));
    Outcome::of(if is_final { End::Refused } else { End::Failed }, answer.trim_end())
}

/// A word of ours, and what the system says of it.
fn what_failed(error: &lettre::transport::smtp::Error) -> String {
    let mut word = if error.is_tls() { "tls" } else { "unreachable" };
    let mut said = String::new();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        word = match inner.downcast_ref::<std::io::Error>().map(std::io::Error::kind) {
            Some(ErrorKind::TimedOut | ErrorKind::WouldBlock) => "timeout",
            // What the TLS library says of a certificate that it does not believe.
            Some(ErrorKind::InvalidData) => "tls",
            _ => word,
        };
        said = inner.to_string();
        source = inner.source();
    }
    format!("{word} {said}")
}

/// Writes a letter into the folder, for its owner's eyes only: the link is in it.
fn keep(folder: &Path, message: &Message, mail: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let time = message.created_at.format("%Y%m%dT%H%M%SZ");
    let path = folder.join(format!("{time}-{}.eml", message.id));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(mail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str, from: &str) -> Settings {
        let settings = Settings::of(rocket::Config::figment()).expect("settings");
        settings.with("smtp_url", url).and_then(|s| s.with("mail_from", from)).expect("settings")
    }

    #[test]
    fn a_password_is_not_sent_in_the_clear_nor_said() {
        let refused = [
            ("smtp://me:hunter2@mail.example.com", "a@example.com"),
            ("smtp://me:hunter2@mail.example.com?tls=opportunistic", "a@example.com"),
            ("smtps://me:hunter2@mail.example.com", ""),
            ("smtps://me:hunter2@mail.example.com", "a@example.com\r\nBcc: b@example.com"),
            ("https://me:hunter2@mail.example.com", "a@example.com"),
            ("hunter2", "a@example.com"),
        ];
        for (url, from) in refused {
            let error = Mailer::of(&settings(url, from)).err().expect(url).to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
        for url in ["smtp://mail:25", "smtps://me:x@mail:465", "smtp://me:x@mail:587?tls=required"]
        {
            let mailer = Mailer::of(&settings(url, "Register <a@example.com>")).expect(url);
            assert!(mailer.has_server());
        }
        assert!(!Mailer::of(&settings("", "")).expect("a folder").has_server());
    }
}
