//! What tests of evidence files need: a register whose files are in a folder or in S3, and files
//! of every kind.
//!
//! With TOUCHSTONE_TEST_S3, the program `moto_server`, the same tests run against S3 as well.

use std::io::{Cursor, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use touchstone::Settings;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{TempDir, TestApp};

const MOTO: &str = "TOUCHSTONE_TEST_S3";
/// The server for tests takes anybody's word who says which key they have.
const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, \
    SignedHeaders=host, Signature=0";

/// Runs a test with files in a folder, and in S3 where there is a server for it.
pub fn with_each_store(test: fn(&Evidence)) {
    test(&Evidence::new(None, |settings| settings));
    if let Ok(program) = env::var(MOTO) {
        test(&Evidence::new(Some(S3::start(&program)), |settings| settings));
    }
}

/// A register, and where its files are.
pub struct Evidence {
    pub app: TestApp,
    s3: Option<S3>,
    /// Where files come in.
    temp: TempDir,
}

impl Evidence {
    pub fn new(s3: Option<S3>, change: impl FnOnce(Settings) -> Settings) -> Evidence {
        let temp = TempDir::new();
        let app = TestApp::with(|settings| {
            let settings = settings.with("temp_dir", temp.path()).expect("a setting");
            change(match &s3 {
                None => settings,
                Some(s3) => s3.settings(settings),
            })
        });
        Evidence { app, s3, temp }
    }

    /// What is stored, under which names: without the bucket's prefix.
    pub fn stored(&self) -> Vec<String> {
        match &self.s3 {
            Some(s3) => s3.keys(),
            None => files_below(&self.app.documents(), &self.app.documents()),
        }
    }

    /// Puts something else in the place of a stored file.
    pub fn alter(&self, name: &str, bytes: &[u8]) {
        match &self.s3 {
            Some(s3) => s3.put(&format!("evidence/{name}"), bytes),
            None => fs::write(self.app.documents().join(name), bytes).expect("written"),
        }
    }

    /// Files that came in and were not cleared away.
    pub fn left_behind(&self) -> Vec<String> {
        files_below(self.temp.path(), self.temp.path())
    }

    /// Fails unless nothing of a refused file is anywhere.
    #[track_caller]
    pub fn assert_untouched(&self, after: &str) {
        assert_eq!(self.app.number("SELECT count(*) FROM documents"), 0, "{after}");
        let records = "SELECT count(*) FROM audit_records WHERE action LIKE 'document.%'";
        assert_eq!(self.app.number(records), 0, "{after}");
        assert_eq!(self.stored(), Vec::<String>::new(), "{after}");
        assert_eq!(self.left_behind(), Vec::<String>::new(), "{after}");
    }
}

pub fn files_below(folder: &Path, root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path: PathBuf = entry.path();
        if path.is_dir() {
            found.extend(files_below(&path, root));
        } else {
            found.push(path.strip_prefix(root).expect("below").display().to_string());
        }
    }
    found.sort();
    found
}

/// An S3 server of its own on 127.0.0.1; gone with the value.
pub struct S3 {
    server: Child,
    endpoint: String,
}

impl S3 {
    fn start(program: &str) -> S3 {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let server = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto_server starts");
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "moto_server does not answer");
            thread::sleep(Duration::from_millis(50));
        }
        let s3 = S3 { server, endpoint: format!("http://127.0.0.1:{port}") };
        s3.put("", b"");
        s3
    }

    fn settings(&self, settings: Settings) -> Settings {
        let all = [
            ("documents_url", "s3://papers/evidence"),
            ("s3_endpoint", &self.endpoint),
            ("s3_region", "us-east-1"),
            ("s3_access_key_id", "test"),
            ("s3_secret_access_key", "test"),
        ];
        all.into_iter().fold(settings, |s, (name, value)| s.with(name, value).expect("a setting"))
    }

    /// Puts an object into the bucket; "" makes the bucket.
    fn put(&self, key: &str, bytes: &[u8]) {
        let put = ureq::put(format!("{}/papers/{key}", self.endpoint));
        let sent = put.header("Authorization", SIGNED).send(bytes);
        assert_eq!(sent.expect("an answer").status(), 200, "{key}");
    }

    fn keys(&self) -> Vec<String> {
        let mut answer = ureq::get(format!("{}/papers?list-type=2", self.endpoint))
            .header("Authorization", SIGNED)
            .call()
            .expect("a list of what the bucket holds");
        let list = answer.body_mut().read_to_string().expect("text");
        let keys = list.split("<Key>evidence/").skip(1);
        keys.map(|rest| rest.split('<').next().unwrap_or_default().to_string()).collect()
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A PDF of one empty page, different for each text.
pub fn pdf(text: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n% {text}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n\
         trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    .into_bytes()
}

/// The beginning of a PNG of a size.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
    bytes
}

/// The beginning of a JPEG of a size.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
    bytes.extend(b"\xff\xc0\0\x11\x08");
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend(b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xda\0\x02\xff\xd9");
    bytes
}

pub fn webp() -> Vec<u8> {
    let mut bytes = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
    bytes.extend(b"\x63\0\0\x63\0\0\0\0\0\0");
    bytes
}

/// A workbook as Excel takes it.
pub fn xlsx() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "股东").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

/// A text document of its two indispensable parts, and others.
pub fn docx(others: &[(&str, &[u8])]) -> Vec<u8> {
    let types: &[u8] = b"<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let parts: [(&str, &[u8]); 2] =
        [("[Content_Types].xml", types), ("word/document.xml", b"<w:document/>")];
    archive(&parts.iter().chain(others).copied().collect::<Vec<_>>())
}

pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}
