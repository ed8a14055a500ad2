//! What the browser holds against the page, and where the page asked for something.

use serde_json::Value;

use crate::Desk;

impl Desk {
    /// Errors, uncaught exceptions and breaches of the policy, and requests that left the origin, since the last call.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        let session = self.browser.session();
        let console = self.browser.run(session.get_log("browser"));
        let lines = console.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message);
        let lines = lines.filter(|line| !self.forgiven.iter().any(|part| line.contains(part.as_str())));
        let strayed = self.requests().into_iter().filter(|url| !self.is_own(url)).map(|url| format!("request to {url}"));
        lines.chain(strayed).collect()
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
        let origin = self.site().origin();
        let under = |start: &str| url.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        under(origin) || under(&format!("blob:{origin}")) || url.starts_with("data:")
    }
}
