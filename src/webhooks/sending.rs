//! Sending one message, signed as Standard Webhooks has it (standardwebhooks.com, v1).

use std::io::Read;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use ureq::Agent;
use ureq::config::Config;
use ureq::unversioned::transport::DefaultConnector;

use super::SECRET_MARK;
use super::addresses::{Checked, Fault, Refused};
use crate::error::Error;

/// For the whole of it: looking up, connecting, sending, the answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// What is read of an answer, in bytes; the rest is not looked at.
const ANSWER_LIMIT: u64 = 1024;
/// What is kept of it, in characters.
const KEPT: usize = 200;

/// Sends messages. One for the whole server.
pub struct Sender {
    agent: Agent,
}

/// What came of sending.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The receiver said that it has it: a status of 200 to 299.
    pub arrived: bool,
    /// The status with the beginning of the answer, or the code of what went wrong.
    pub answer: String,
}

impl Sender {
    /// A sender; `private` is whether it may reach private addresses.
    pub fn new(private: bool) -> Sender {
        let config = Config::builder()
            .timeout_global(Some(TIMEOUT))
            .https_only(!private)
            // A redirect leads where nobody has agreed to send to: it is an answer like others.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy of the environment would look names up itself, past our check.
            .proxy(None)
            .max_idle_connections(0)
            .user_agent(concat!("Touchstone/", env!("CARGO_PKG_VERSION")))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Checked::new(private));
        Sender { agent }
    }

    /// Sends a message and waits for the answer, ten seconds at most.
    pub fn send(&self, url: &str, secret: &str, id: &str, time: i64, body: &str) -> Outcome {
        let signature = match sign(secret, id, time, body) {
            Ok(signature) => signature,
            Err(_) => return failed("secret"),
        };
        let sent = self
            .agent
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", time.to_string())
            .header("webhook-signature", signature)
            .send(body);
        match sent {
            Ok(response) => {
                let status = response.status();
                let text = beginning(response.into_body().into_reader());
                let answer = format!("{} {text}", status.as_u16()).trim().to_string();
                Outcome { arrived: status.is_success(), answer }
            }
            Err(error) => failed(code_of(&error)),
        }
    }
}

fn failed(code: &str) -> Outcome {
    Outcome { arrived: false, answer: code.into() }
}

/// The beginning of an answer as one line of text.
fn beginning(reader: impl Read) -> String {
    let mut bytes = Vec::new();
    // What could be read before it broke off is all there is to show.
    let _ = reader.take(ANSWER_LIMIT).read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(KEPT).collect()
}

/// The code of what went wrong; its text is `webhook-answer-<code>`.
fn code_of(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::Timeout(_) => "timeout",
        ureq::Error::HostNotFound => "no_host",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "tls",
        ureq::Error::Protocol(_) => "protocol",
        ureq::Error::Io(error) => match error.get_ref().and_then(|e| e.downcast_ref()) {
            Some(Refused(Fault::NotHttps)) => "not_https",
            Some(Refused(_)) => "private",
            None if error.kind() == std::io::ErrorKind::InvalidData => "tls",
            None => "connection",
        },
        ureq::Error::RequireHttpsOnly(_) => "not_https",
        _ => "connection",
    }
}

/// `v1,` and the HMAC-SHA256 of "id.time.body" in base64, under the secret's bytes.
pub fn sign(secret: &str, id: &str, time: i64, body: &str) -> Result<String, Error> {
    let key = secret.strip_prefix(SECRET_MARK).and_then(|text| STANDARD.decode(text).ok());
    let key = key.ok_or_else(|| Error::Internal("a webhook's secret is not one".into()))?;
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key)
        .map_err(|_| Error::Internal("a webhook's secret is not one".into()))?;
    mac.update(format!("{id}.{time}.{body}").as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_published_example() {
        // From the Standard Webhooks libraries' own tests.
        let signature = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signature.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert!(sign("no secret", "id", 1, "{}").is_err());
    }

    #[test]
    fn an_answer_is_read_as_one_short_line() {
        let long = "x".repeat(5000);
        assert_eq!(beginning("a\r\n\u{1b}b  c".as_bytes()), "a b c");
        assert_eq!(beginning(long.as_bytes()).len(), KEPT);
    }
}
