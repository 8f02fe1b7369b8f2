//! A program that is told of changes: a plain HTTP listener on this machine, for tests.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;

/// A message as it came in.
#[derive(Clone, Debug)]
pub struct Message {
    pub path: String,
    /// By lower-case names.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Message {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap_or_default().to_string()
    }

    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    /// Checks the signature as a receiver does, from the description of Standard Webhooks alone.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").expect("a mark")).expect("base64");
        let signed = format!("{}.{}.{}", self.id(), self.headers["webhook-timestamp"], self.body);
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).expect("a key");
        mac.update(signed.as_bytes());
        let given = self.headers["webhook-signature"].strip_prefix("v1,").expect("version 1");
        mac.verify_slice(&STANDARD.decode(given).expect("base64")).is_ok()
    }
}

/// Listens until the test ends; what it answers is given in order, the last answer for ever.
pub struct Receiver {
    pub url: String,
    got: Arc<Mutex<Vec<Message>>>,
}

impl Receiver {
    /// `answers` are whole HTTP answers, or statuses.
    pub fn answering(answers: &[&str]) -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let got: Arc<Mutex<Vec<Message>>> = Arc::default();
        let (kept, answers) = (got.clone(), answers.iter().map(|a| a.to_string()).collect());
        thread::spawn(move || listen(&listener, &kept, answers));
        Receiver { url, got }
    }

    pub fn got(&self) -> Vec<Message> {
        self.got.lock().expect("messages").clone()
    }

    /// Waits until so many messages have come.
    #[track_caller]
    pub fn wait_for(&self, number: usize) -> Vec<Message> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            let got = self.got();
            if got.len() >= number {
                return got;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("{} of {number} messages came: {:#?}", self.got().len(), self.got());
    }
}

fn listen(listener: &TcpListener, got: &Mutex<Vec<Message>>, answers: Vec<String>) {
    for stream in listener.incoming().flatten() {
        let number = {
            let Some(message) = read(&stream) else { continue };
            let mut got = got.lock().expect("messages");
            got.push(message);
            got.len()
        };
        let answer = &answers[(number - 1).min(answers.len() - 1)];
        let whole = match answer.parse::<u16>() {
            Ok(status) => format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\n\r\nok"),
            Err(_) => answer.clone(),
        };
        let _ = (&stream).write_all(whole.as_bytes());
    }
}

fn read(stream: &TcpStream) -> Option<Message> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_string();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_string());
    }
    let length: usize = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Message { path, headers, body: String::from_utf8(body).ok()? })
}
