//! Firefox by WebDriver BiDi, which it speaks without a driver.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::program;
use crate::chord::Chord;
use crate::driver::Driver;
use crate::group::Group;
use crate::wire::Wire;

pub struct Firefox {
    wire: Wire,
    /// The tab that it started with, as long as nobody uses it.
    first: Option<String>,
}

/// Preferences that keep it from asking, updating, calling home, and offering the last session after a crash.
const PREFERENCES: [(&str, &str); 23] = [
    ("app.normandy.enabled", "false"),
    ("app.update.auto", "false"),
    ("browser.aboutwelcome.enabled", "false"),
    ("browser.newtab.preload", "false"),
    ("browser.newtabpage.enabled", "false"),
    ("browser.safebrowsing.update.enabled", "false"),
    ("browser.search.update", "false"),
    ("browser.sessionstore.resume_from_crash", "false"),
    ("browser.shell.checkDefaultBrowser", "false"),
    ("browser.startup.homepage_override.mstone", "\"ignore\""),
    ("browser.startup.page", "0"),
    ("browser.tabs.warnOnClose", "false"),
    ("datareporting.healthreport.uploadEnabled", "false"),
    ("datareporting.policy.dataSubmissionEnabled", "false"),
    ("extensions.getAddons.cache.enabled", "false"),
    ("extensions.update.enabled", "false"),
    ("extensions.webextensions.remote", "false"),
    ("messaging-system.rsexperimentloader.enabled", "false"),
    ("network.captive-portal-service.enabled", "false"),
    ("network.connectivity-service.enabled", "false"),
    ("services.settings.server", "\"data:,#\""),
    ("toolkit.startup.max_resumed_crashes", "-1"),
    ("toolkit.telemetry.enabled", "false"),
];

impl Firefox {
    pub fn start(profile: &Path) -> Result<(Self, Group), String> {
        let lines = PREFERENCES.map(|(name, value)| format!("user_pref(\"{name}\", {value});\n"));
        std::fs::write(profile.join("user.js"), lines.concat()).map_err(|error| error.to_string())?;
        let mut command = Group::command(&program("FIREFOX", &["firefox-esr", "firefox"]));
        command.args(["--headless", "--no-remote", "--width", "1440", "--height", "900", "--remote-debugging-port", "0", "--profile"]);
        command.arg(profile).env("MOZ_CRASHREPORTER_DISABLE", "1");
        let (group, address) = Group::start(command, "WebDriver BiDi listening on ")?;
        let mut firefox = Self { wire: Wire::connect(&format!("{address}/session"))?, first: None };
        firefox.ask("session.new", json!({ "capabilities": { "alwaysMatch": { "unhandledPromptBehavior": { "default": "accept" } } } }))?;
        firefox.ask("session.subscribe", json!({ "events": ["browsingContext.navigationCommitted"] }))?;
        let tree = firefox.ask("browsingContext.getTree", json!({}))?;
        firefox.first = tree["contexts"][0]["context"].as_str().map(str::to_owned);
        Ok((firefox, group))
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Result<Value, String> {
        self.wire.ask(json!({ "method": method, "params": parameters }))
    }
}

impl Driver for Firefox {
    fn open_tab(&mut self) -> Result<String, String> {
        if let Some(first) = self.first.take() {
            return Ok(first);
        }
        let made = self.ask("browsingContext.create", json!({ "type": "tab" }))?;
        made["context"].as_str().map(str::to_owned).ok_or_else(|| format!("no context in {made}"))
    }

    fn activate(&mut self, context: &str) -> Result<(), String> {
        self.ask("browsingContext.activate", json!({ "context": context })).map(drop)
    }

    fn navigate(&mut self, context: &str, address: &str) -> Result<(), String> {
        self.ask("browsingContext.navigate", json!({ "context": context, "url": address, "wait": "interactive" })).map(drop)
    }

    fn evaluate(&mut self, context: &str, expression: &str) -> Result<Value, String> {
        let question = json!({ "expression": expression, "target": { "context": context }, "awaitPromise": true });
        let mut answer = self.ask("script.evaluate", question)?;
        match answer["type"].as_str() {
            Some("success") => Ok(answer["result"]["value"].take()),
            _ => Err(format!("the page threw {}", answer["exceptionDetails"]["text"])),
        }
    }

    fn press(&mut self, context: &str, chords: &[Chord]) -> Result<(), String> {
        let strokes: Vec<Value> = chords.iter().flat_map(|chord| chord.actions()).collect();
        let source = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.ask("input.performActions", json!({ "context": context, "actions": [source] })).map(drop)
    }

    fn close(&mut self) {
        let _ = self.ask("browser.close", json!({}));
    }

    fn close_tab(&mut self, context: &str) -> Result<(), String> {
        self.ask("browsingContext.close", json!({ "context": context, "promptUnload": false })).map(drop)
    }

    fn mourn(&mut self, front: &str) -> Result<(), String> {
        // It says so in the page's place, and so would undo what it was asked for earlier.
        self.wire.hear(|told| {
            let url = told["params"]["url"].as_str().unwrap_or_default();
            told["params"]["context"] == front && url.starts_with("about:tabcrashed")
        })?;
        self.wire.forget();
        Ok(())
    }

    fn revives_all(&self) -> bool {
        // One behind another gets a new page when Firefox pleases, and one in front may refuse every address.
        false
    }

    fn is_content(&self, name: &str, _line: &str) -> bool {
        // Linux cuts a process's name after 15 bytes: “Isolated Web Content”.
        name.starts_with("Isolated Web") || name.starts_with("Web Content")
    }

    fn is_storage(&self, _line: &str) -> bool {
        false
    }

    fn limit(&mut self, _context: &str, _origin: &str, _bytes: Option<u64>) -> Result<bool, String> {
        Ok(false)
    }

    fn clear(&mut self, _context: &str, _origin: &str) -> Result<bool, String> {
        Ok(false)
    }
}
