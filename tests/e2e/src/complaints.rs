//! What the browser holds against the page, and where the page asked for something.

use serde_json::{Value, json};

use crate::Desk;
use crate::browser::Kind;
use crate::firefox::HEARD;
use crate::reading::pairs;

impl Desk {
    /// Errors, uncaught exceptions and breaches of the policy, and requests that left the origin, since the last call.
    ///
    /// Not heard in Firefox: what the page itself writes by `console.error`, and answers that were errors.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        let (errors, requests) = match self.browser.kind() {
            Kind::Firefox => self.heard(),
            Kind::Chromium | Kind::WebKit => self.logged(),
        };
        let lines = errors.into_iter().filter(|line| !self.forgiven.iter().any(|part| line.contains(part.as_str())));
        let strayed = requests.into_iter().filter(|url| !self.is_own(url)).map(|url| format!("request to {url}"));
        lines.chain(strayed).collect()
    }

    /// Errors and the addresses of requests, by Firefox's own code.
    #[track_caller]
    fn heard(&self) -> (Vec<String>, Vec<String>) {
        let (errors, requests): (Vec<_>, Vec<_>) =
            pairs(&self.browser.system(HEARD, json!([]))).into_iter().partition(|(kind, _)| kind == "error");
        let words = |of: Vec<(String, String)>| of.into_iter().map(|(_, words)| words).collect();
        (words(errors), words(requests))
    }

    /// The same by the driver's logs.
    #[track_caller]
    fn logged(&self) -> (Vec<String>, Vec<String>) {
        let console = self.browser.run(self.browser.session().get_log("browser"));
        let errors = console.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message);
        (errors.collect(), self.requests())
    }

    /// The address of every request that the browser was asked to make for the page, since the last call.
    #[track_caller]
    fn requests(&self) -> Vec<String> {
        let log = self.browser.run(self.browser.session().get_log("performance"));
        let messages = log.iter().filter_map(|entry| serde_json::from_str::<Value>(&entry.message).ok());
        messages
            .filter(|message| message["message"]["method"] == "Network.requestWillBeSent")
            .map(|message| message["message"]["params"].clone())
            // The browser's own first page asks the browser for things.
            .filter(|request| !request["documentURL"].as_str().unwrap_or_default().starts_with("chrome:"))
            .filter_map(|request| request["request"]["url"].as_str().map(str::to_owned))
            .collect()
    }

    fn is_own(&self, url: &str) -> bool {
        let under = |start: &str| url.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let of = |origin: &str| under(origin) || under(&format!("blob:{origin}"));
        let host = self.base().splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        of(self.site().origin()) || of(&host) || url.starts_with("data:")
    }
}
