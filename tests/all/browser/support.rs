//! A demo register in a browser: `Site::open`, then pages, sign-in, accessibility, pictures.

use std::{
    env,
    io::Write,
    path::Path,
    sync::Once,
    time::{Duration, Instant},
};

use rocket::tokio::time::sleep;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel, prelude::*};

use super::processes::{Process, start_chromedriver, start_demo, start_demo_later};
use crate::support::TempDir;

/// Set to 1 by `script/test`: the browser tests need Chromium and its driver.
const ASKED_FOR: &str = "TOUCHSTONE_TEST_BROWSER";
/// A folder for pictures; without it none are taken.
const SCREENSHOTS: &str = "TOUCHSTONE_SCREENSHOTS";

/// A flag for [`Site::open`]: the browser asks for Simplified Chinese.
pub const CHINESE: &str = "--accept-lang=zh-CN";
/// A flag for [`Site::open`]: pages run no scripts. Finding, typing and clicking still work,
/// [`Site::axe`] does not.
pub const WITHOUT_JAVASCRIPT: &str = "--blink-settings=scriptEnabled=false";

/// The longest wait for a page after a click.
const PAGE_LIMIT: Duration = Duration::from_secs(20);
/// The longest wait for an element of a page that is shown.
const FIELD_LIMIT: Duration = Duration::from_secs(10);
/// The longest wait for what may not come: the foot of what is no page of ours, the same page anew.
const SHORT_LIMIT: Duration = Duration::from_secs(3);

/// Between one look and the next while waiting.
const PAUSE: Duration = Duration::from_millis(10);

/// Widths in CSS pixels at which every page is looked at.
pub const DESKTOP: u32 = 1280;
pub const PHONE: u32 = 390;

/// One server with its own copy of the demo register, and one browser on it. All of it ends with
/// the value; the order of the fields is the order of ending.
pub struct Site {
    pub driver: WebDriver,
    /// Such as `http://127.0.0.1:40123`.
    pub address: String,
    _chromedriver: Process,
    /// Nothing only while it is started again.
    server: Option<Process>,
    dir: TempDir,
}

impl Site {
    /// `None` when browser tests are not asked for, which is said once on stderr.
    pub async fn open(flags: &[&str]) -> Option<Self> {
        if !asked_for() {
            return None;
        }
        let dir = TempDir::new();
        let (server, address) = start_demo(dir.path());
        let (chromedriver, driver_address) = start_chromedriver(dir.path());
        let capabilities = capabilities(&dir.path().join("profile"), flags);
        let driver = WebDriver::new(driver_address, capabilities.expect("capabilities"))
            .await
            .expect("a browser session");
        let site = Self { driver, address, _chromedriver: chromedriver, server: Some(server), dir };
        site.set_width(DESKTOP).await;
        Some(site)
    }

    /// Stops the server and starts it on the same register so many days later. Nobody is signed in.
    pub async fn start_again_after(&mut self, days: u32) {
        self.driver.delete_all_cookies().await.expect("no cookies");
        self.server = None;
        let (server, address) = start_demo_later(self.dir.path(), days);
        (self.server, self.address) = (Some(server), address);
    }

    /// Opens a path of the site, such as `/suppliers`.
    pub async fn goto(&self, path: &str) {
        let url = format!("{}{path}", self.address);
        let page = self.driver.find(By::Tag("body")).await;
        self.driver.goto(url).await.expect("the page loads");
        if let Ok(page) = page {
            // The same page again, at another place of it, stays what it is.
            self.leaves(&page, SHORT_LIMIT).await;
        }
    }

    /// Waits until a page is gone and the one after it is there to its foot: the driver may come back
    /// while a page is still being read, or another on its way. False when it is not gone by then.
    async fn leaves(&self, page: &WebElement, limit: Duration) -> bool {
        if page.wait_until().wait(limit, PAUSE).stale().await.is_err() {
            return false;
        }
        // What is not a page of ours has no foot.
        drop(self.appears(By::Css("footer.foot"), SHORT_LIMIT).await);
        true
    }

    /// The bytes of a path of the site, for who is signed in.
    pub async fn fetch(&self, path: &str) -> Vec<u8> {
        let cookies = self.driver.get_all_cookies().await.expect("cookies");
        let cookies: Vec<String> =
            cookies.iter().map(|one| format!("{}={}", one.name, one.value)).collect();
        let request = ureq::get(format!("{}{path}", self.address));
        let answer = request.header("Cookie", cookies.join("; ")).call();
        answer.expect(path).body_mut().read_to_vec().expect(path)
    }

    /// Signs in through the page and fails when the page is still there afterwards.
    pub async fn sign_in(&self, email: &str, password: &str) {
        self.goto("/sign-in").await;
        self.fill("email", email).await;
        self.fill("password", password).await;
        self.press("main form [type=submit]").await;
        let now = self.path().await;
        assert_ne!(now, "/sign-in", "{email} could not sign in");
    }

    /// Types into the form field of that name, instead of what it holds.
    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.find(By::Name(name), name).await;
        field.clear().await.expect(name);
        field.send_keys(text).await.expect(name);
    }

    /// Chooses a file for the form field of that name.
    pub async fn attach(&self, name: &str, file: &Path) {
        let field = self.find(By::Name(name), name).await;
        field.send_keys(file.display().to_string()).await.expect(name);
    }

    /// Ticks the first box of a form field of that name.
    pub async fn tick(&self, name: &str) {
        let field = self.find(By::Name(name), name).await;
        field.click().await.expect(name);
    }

    /// Chooses the second of a list: the first says that nothing is chosen.
    pub async fn choose_second(&self, name: &str) {
        let option = format!("select[name='{name}'] option:nth-of-type(2)");
        self.click(&option).await;
    }

    /// Presses keys in a field without clearing it: fields for days take them part by part.
    pub async fn type_into(&self, name: &str, keys: &str) {
        let field = self.find(By::Name(name), name).await;
        field.send_keys(keys).await.expect(name);
    }

    /// Types into the first field of a CSS selector, instead of what it holds.
    pub async fn fill_in(&self, selector: &str, text: &str) {
        let field = self.find(By::Css(selector), selector).await;
        field.clear().await.expect(selector);
        field.send_keys(text).await.expect(selector);
    }

    /// Chooses a value in the list of that name.
    pub async fn choose(&self, name: &str, value: &str) {
        self.click(&format!("select[name={name}] option[value={value}]")).await;
    }

    /// Clicks the first element of a CSS selector, and waits for nothing.
    pub async fn click(&self, selector: &str) {
        self.find(By::Css(selector), selector).await.click().await.expect(selector);
    }

    /// The first element as soon as it is there, or a failure that says which page was shown instead.
    async fn find(&self, by: By, what: &str) -> WebElement {
        match self.appears(by, FIELD_LIMIT).await {
            Ok(element) => element,
            Err(error) => {
                panic!("no {what} on {}: {error}\n{}", self.path().await, self.text().await)
            }
        }
    }

    /// The first element as soon as it is there. The driver's own queries give up on errors that come up
    /// while a page is on its way.
    async fn appears(&self, by: By, limit: Duration) -> WebDriverResult<WebElement> {
        let began = Instant::now();
        loop {
            let found = self.driver.find(by.clone()).await;
            if found.is_ok() || began.elapsed() > limit {
                return found;
            }
            sleep(PAUSE).await;
        }
    }

    /// A folder for this test's files.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Clicks the first element of a CSS selector, a link or a button, and waits for the page that
    /// follows. WebDriver's own waiting may miss it on a busy machine.
    pub async fn press(&self, selector: &str) {
        // A script may put an answer in the page's place: that is a body of its own, too.
        let page = self.driver.find(By::Tag("body")).await.expect("a page");
        let element = self.find(By::Css(selector), selector).await;
        element.click().await.expect(selector);
        assert!(self.leaves(&page, PAGE_LIMIT).await, "no page after {selector}");
    }

    /// Loads the page again until it holds a text: for work that goes on behind it.
    pub async fn until(&self, text: &str) {
        let began = Instant::now();
        while !self.text().await.contains(text) {
            assert!(began.elapsed() < PAGE_LIMIT, "no {text:?} on {}", self.path().await);
            sleep(Duration::from_millis(200)).await;
            self.driver.refresh().await.expect("the page loads again");
        }
    }

    /// Waits until a script has put a text on the page.
    pub async fn sees(&self, text: &str) {
        let began = Instant::now();
        loop {
            // In one step: the script may be putting another page in this one's place.
            let shown = self.driver.execute("return document.body.innerText", vec![]).await;
            let shown: String = shown.expect("the page").convert().expect("its text");
            if shown.contains(text) {
                break;
            }
            assert!(began.elapsed() < PAGE_LIMIT, "no {text:?} on {shown}");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// The path of the page shown, without the query.
    pub async fn path(&self) -> String {
        let url = self.driver.current_url().await.expect("an address");
        url.path().to_owned()
    }

    /// What the form field of that name holds.
    pub async fn value(&self, name: &str) -> String {
        let field = self.find(By::Name(name), name).await;
        field.prop("value").await.expect(name).unwrap_or_default()
    }

    /// An attribute of the first element of a CSS selector.
    pub async fn attribute(&self, selector: &str, name: &str) -> String {
        let element = self.find(By::Css(selector), selector).await;
        element.attr(name).await.expect(selector).unwrap_or_default()
    }

    /// The texts of all elements of a CSS selector.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.driver.find_all(By::Css(selector)).await.expect(selector) {
            texts.push(element.text().await.expect(selector));
        }
        texts
    }

    /// True when the page is wider than its window: a reader would have to push it about.
    pub async fn scrolls_sideways(&self) -> bool {
        const WIDER: &str = "const page = document.documentElement;
            return page.scrollWidth > page.clientWidth;";
        let found = self.driver.execute(WIDER, vec![]).await.expect("the width of the page");
        found.convert().expect("yes or no")
    }

    /// What the page shows as text.
    pub async fn text(&self) -> String {
        let body = self.driver.find(By::Tag("body")).await.expect("a body");
        body.text().await.expect("text")
    }

    /// Makes the page so many CSS pixels wide.
    pub async fn set_width(&self, width: u32) {
        self.set_window(width, 900).await;
    }

    async fn set_window(&self, width: u32, height: u32) {
        let done = self.driver.set_window_rect(0, 0, width, height).await;
        done.expect("the window changes its size");
    }

    /// Saves a picture of the whole page as `NAME.png` when a folder for them is set.
    pub async fn screenshot(&self, name: &str) {
        const SIZE: &str = "return [innerWidth, document.documentElement.scrollHeight]";
        /// What a headless window keeps of its height for a frame that it does not draw.
        const FRAME: u32 = 143;
        /// Long lists need not be pictured to their end.
        const HIGHEST: u32 = 3000;
        let Some(folder) = env::var_os(SCREENSHOTS) else {
            return;
        };
        let size = self.driver.execute(SIZE, vec![]).await.expect("the size of the page");
        let (width, height): (u32, u32) = size.convert().expect("two numbers");
        self.set_window(width, height.min(HIGHEST) + FRAME).await;
        std::fs::create_dir_all(&folder).expect("the folder for pictures");
        let file = Path::new(&folder).join(format!("{name}.png"));
        self.driver.screenshot(&file).await.expect("a picture");
        self.set_width(width).await;
    }
}

fn asked_for() -> bool {
    static SAY_SO: Once = Once::new();
    let asked_for = env::var(ASKED_FOR).is_ok_and(|value| value == "1");
    if !asked_for {
        // Not `eprintln!`: the test harness hides what passing tests print.
        let line = format!("browser tests left out: set {ASKED_FOR}=1, or run script/test\n");
        SAY_SO.call_once(|| drop(std::io::stderr().write_all(line.as_bytes())));
    }
    asked_for
}

fn capabilities(profile: &Path, flags: &[&str]) -> WebDriverResult<ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let profile = format!("--user-data-dir={}", profile.display());
    let fixed = [
        "--headless",
        // Chromium's sandbox does not start as root or inside most containers.
        "--no-sandbox",
        "--disable-gpu",
        // Containers often have a /dev/shm of 64 MB, which a large page fills.
        "--disable-dev-shm-usage",
        // The browser shall talk to the server under test only.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-proxy-server",
        "--no-first-run",
        &profile,
    ];
    for flag in fixed.iter().chain(flags) {
        capabilities.add_arg(flag)?;
    }
    capabilities.set_logging_prefs("browser", LoggingPrefsLogLevel::Severe)?;
    Ok(capabilities)
}
