//! What axe-core and the browser itself complain of on a page.

use std::fmt;

use serde::Deserialize;

use super::support::Site;

/// axe-core 4.14, the accessibility rules of Deque Systems (MPL-2.0, licence beside the file).
const AXE: &str = include_str!("../../browser/axe.min.js");

/// A broken rule of axe-core with impact `serious` or `critical`.
#[derive(Debug, Deserialize)]
pub struct Violation {
    pub id: String,
    pub impact: String,
    pub help: String,
    /// CSS selectors of the elements at fault.
    pub elements: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, impact, help, elements } = self;
        write!(f, "{impact}: {help} ({id}): {}", elements.join(", "))
    }
}

impl Site {
    /// Fails when axe-core finds something serious on the page or the browser complained of
    /// anything on the way to it. Takes a picture under that name, also of a page that fails.
    pub async fn check(&self, name: &str) {
        self.screenshot(name).await;
        let violations = self.axe().await.into_iter().map(|violation| violation.to_string());
        let mut findings: Vec<String> = violations.collect();
        findings.extend(self.complaints().await);
        let page = self.path().await;
        assert!(findings.is_empty(), "{name}, {page}:\n{}", findings.join("\n"));
    }

    /// The serious and critical findings of axe-core on the page as it stands.
    pub async fn axe(&self) -> Vec<Violation> {
        const RUN: &str = "
            const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'] }).then(
                found => done(found.violations
                    .filter(rule => ['serious', 'critical'].includes(rule.impact))
                    .map(rule => ({
                        id: rule.id, impact: rule.impact, help: rule.help,
                        elements: rule.nodes.map(node => node.target.flat(9).join(' ')),
                    }))),
                error => done(String(error)));";
        self.driver.execute(AXE, vec![]).await.expect("axe-core loads");
        let found = self.driver.execute_async(RUN, vec![]).await.expect("axe-core runs");
        let found: Result<_, _> = found.convert();
        found.unwrap_or_else(|_| panic!("axe-core failed"))
    }

    /// What the browser complained of since the last call: script errors, blocked contents
    /// (Content-Security-Policy), files not found. Not that the page itself is a 404 or 422.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.expect("the browser's log");
        let url = self.driver.current_url().await.expect("an address");
        let page_itself = format!("{url} - Failed to load resource");
        let severe = entries.into_iter().filter(|entry| entry.level == "SEVERE");
        let messages = severe.map(|entry| entry.message);
        messages.filter(|message| !message.starts_with(&page_itself)).collect()
    }
}
