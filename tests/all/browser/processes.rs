//! The programs a browser test runs beside itself: the server under test and ChromeDriver.

use std::{
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread::sleep,
    time::{Duration, Instant},
};

/// Generous, because two cores may be busy with other tests.
const START_LIMIT: Duration = Duration::from_secs(60);

/// A program that ends with the value that holds it.
pub struct Process {
    child: Child,
    /// Kept open: ChromeDriver stops when nobody reads what it prints.
    _output: Option<Box<dyn Read + Send>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        // Already ended is as good as killed. What it has started itself, as `faketime` does, ends with it:
        // servers have a group of their own.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the server on a copy of the demo register in `dir`, so that tests may change it as they
/// like. Returns the process and its address, such as `http://127.0.0.1:40123`.
pub fn start_demo(dir: &Path) -> (Process, String) {
    let database = dir.join("demo.db");
    let register = demo_register();
    fs::copy(register, &database).expect("a copy of the demo register");
    // What is sealed in it opens with its own key only.
    let key = |register: &Path| format!("{}.key", register.display());
    fs::copy(key(register), key(&database)).expect("a copy of its key");
    serve_demo(dir, touchstone(&database))
}

/// Starts the server on the register that is in `dir` already, with a clock that is some days ahead.
pub fn start_demo_later(dir: &Path, days: u32) -> (Process, String) {
    let mut command = Command::new("faketime");
    command.args(["-f", &format!("+{days}d"), env!("CARGO_BIN_EXE_touchstone")]);
    // The time that only passes is left alone: waiting goes by it.
    command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    serve_demo(dir, on_register(command, &dir.join("demo.db")))
}

fn serve_demo(dir: &Path, mut command: Command) -> (Process, String) {
    let port = free_port();
    let log = fs::File::create(dir.join("server.log")).expect("a log file");
    let child = command
        .args(["demo", "--port", &port.to_string()])
        .process_group(0)
        .stdout(log.try_clone().expect("a second handle on the log"))
        .stderr(log)
        .spawn()
        .expect("the touchstone binary starts");
    let mut process = Process { child, _output: None };
    wait_for_health(&mut process, port, &dir.join("server.log"));
    (process, format!("http://127.0.0.1:{port}"))
}

/// Starts ChromeDriver on a port of its own choice. What it and its browser leave behind goes into
/// `dir`. Returns the process and its address.
pub fn start_chromedriver(dir: &Path) -> (Process, String) {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .env("TMPDIR", dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts (Debian: chromium-driver)");
    let mut output = BufReader::new(child.stdout.take().expect("piped"));
    let port = announced_port(&mut output)
        .expect("chromedriver announces its port (it does not start under `ulimit -v`)");
    let process = Process { child, _output: Some(Box::new(output)) };
    (process, format!("http://127.0.0.1:{port}"))
}

/// The demo register, filled once per test run and then copied: filling takes seconds, copying
/// none. The file stays in `target/tmp` until the next run, as nothing runs after the last test.
fn demo_register() -> &'static Path {
    static FILLED: OnceLock<PathBuf> = OnceLock::new();
    FILLED.get_or_init(|| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser-demo.db");
        let _ = fs::remove_file(&path);
        let done = touchstone(&path).args(["demo", "--load-only"]).output();
        let done = done.expect("the touchstone binary starts");
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "demo --load-only: {errors}");
        path
    })
}

fn touchstone(database: &Path) -> Command {
    on_register(Command::new(env!("CARGO_BIN_EXE_touchstone")), database)
}

fn on_register(mut command: Command, database: &Path) -> Command {
    command.env("DATABASE_URL", database).stdin(Stdio::null());
    command.env("ROCKET_MAIL_FOLDER", database.with_extension("outbox"));
    command
}

/// Free when asked; the server fails loudly should another process take it meanwhile.
fn free_port() -> u16 {
    let probe = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    probe.local_addr().expect("a bound address").port()
}

fn wait_for_health(server: &mut Process, port: u16, log: &Path) {
    let began = Instant::now();
    while !is_healthy(port) {
        let ended = server.child.try_wait().expect("the state of the server");
        let late = began.elapsed() > START_LIMIT;
        if ended.is_some() || late {
            let said = fs::read_to_string(log).unwrap_or_default();
            panic!("the server gave no answer (ended: {ended:?}); it said:\n{said}");
        }
        sleep(Duration::from_millis(20));
    }
}

fn is_healthy(port: u16) -> bool {
    let answer = || -> io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream
            .write_all(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    };
    answer().is_ok_and(|text| text.starts_with("HTTP/1.1 200"))
}

/// Reads `ChromeDriver was started successfully on port 43211.`
fn announced_port(output: &mut impl BufRead) -> Option<u16> {
    output.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })
}
