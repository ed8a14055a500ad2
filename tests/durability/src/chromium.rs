//! Chromium by its DevTools protocol, over one connection for the browser and all tabs.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::chord::Chord;
use crate::group::Group;
use crate::wire::Wire;

pub struct Chromium {
    wire: Wire,
    tabs: Vec<OpenTab>,
    /// The tab that it started with, as long as nobody uses it.
    first: Option<Value>,
}

struct OpenTab {
    session: String,
    target: Value,
}

const ARGUMENTS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-US",
    "--window-size=1440,900",
    "--remote-debugging-port=0",
    "about:blank",
];

impl Chromium {
    pub fn start(profile: &Path) -> Result<(Self, Group), String> {
        let mut command = Command::new(program());
        command.arg(format!("--user-data-dir={}", profile.display())).args(ARGUMENTS);
        let (group, address) = Group::start(command, "DevTools listening on ")?;
        let mut chromium = Self { wire: Wire::connect(&address)?, tabs: Vec::new(), first: None };
        let targets = chromium.ask("Target.getTargets", json!({}))?;
        let mut pages = targets["targetInfos"].as_array().into_iter().flatten().filter(|target| target["type"] == "page");
        chromium.first = pages.next().map(|target| target["targetId"].clone());
        Ok((chromium, group))
    }

    /// Opens a tab, at first the one that is there from the start; the name of the session in it.
    pub fn open_tab(&mut self) -> Result<String, String> {
        let target = match self.first.take() {
            Some(first) => first,
            None => self.ask("Target.createTarget", json!({ "url": "about:blank" }))?["targetId"].take(),
        };
        let session = self.ask("Target.attachToTarget", json!({ "targetId": &target, "flatten": true }))?["sessionId"].take();
        let session = session.as_str().ok_or("no session")?.to_owned();
        // So that it tells when the page's process dies.
        self.ask_tab(&session, "Inspector.enable", json!({}))?;
        // Without it a page that is not in front hears no keys.
        self.ask_tab(&session, "Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
        self.tabs.push(OpenTab { session: session.clone(), target });
        Ok(session)
    }

    pub fn close_tab(&mut self, session: &str) -> Result<(), String> {
        let Some(at) = self.tabs.iter().position(|tab| tab.session == session) else { return Ok(()) };
        let OpenTab { target, .. } = self.tabs.remove(at);
        self.ask("Target.closeTarget", json!({ "targetId": target })).map(drop)
    }

    pub fn activate(&mut self, session: &str) -> Result<(), String> {
        self.ask_tab(session, "Page.bringToFront", json!({})).map(drop)
    }

    pub fn navigate(&mut self, session: &str, address: &str) -> Result<(), String> {
        self.ask_tab(session, "Page.navigate", json!({ "url": address })).map(drop)
    }

    pub fn evaluate(&mut self, session: &str, expression: &str) -> Result<Value, String> {
        let question = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.ask_tab(session, "Runtime.evaluate", question)?;
        match &answer["exceptionDetails"] {
            Value::Null => Ok(answer["result"]["value"].take()),
            thrown => Err(format!("the page threw {thrown}")),
        }
    }

    pub fn press(&mut self, session: &str, chords: &[Chord]) -> Result<(), String> {
        let strokes = chords.iter().flat_map(|chord| chord.devtools());
        let questions =
            strokes.map(|stroke| json!({ "method": "Input.dispatchKeyEvent", "params": stroke, "sessionId": session })).collect();
        self.wire.ask_all(questions).map(drop)
    }

    /// Lets the databases of `origin` have so many bytes, or as many as always.
    pub fn limit(&mut self, session: &str, origin: &str, bytes: Option<u64>) -> Result<(), String> {
        let mut question = json!({ "origin": origin });
        if let Some(bytes) = bytes {
            question["quotaSize"] = json!(bytes);
        }
        self.ask_tab(session, "Storage.overrideQuotaForOrigin", question).map(drop)
    }

    /// Clears what `origin` stored, as the browser's own dialog does.
    pub fn clear(&mut self, session: &str, origin: &str) -> Result<(), String> {
        self.ask_tab(session, "Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" })).map(drop)
    }

    pub fn close(&mut self) {
        // It may be gone before it answers.
        let _ = self.ask("Browser.close", json!({}));
    }

    /// Waits until the browser has found out that the process of each tab was killed: asked for anything before, it would
    /// ask the dead.
    pub fn mourn(&mut self) -> Result<(), String> {
        for OpenTab { session, .. } in &self.tabs {
            self.wire.hear(|told| told["method"] == "Inspector.targetCrashed" && told["sessionId"] == session.as_str())?;
        }
        self.wire.forget();
        Ok(())
    }

    /// Whether a process draws pages of the web.
    pub fn is_content(_name: &str, line: &str) -> bool {
        line.contains("--type=renderer") && !line.contains("--top-chrome-webui") && !line.contains("--extension-process")
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Result<Value, String> {
        self.wire.ask(json!({ "method": method, "params": parameters }))
    }

    fn ask_tab(&mut self, session: &str, method: &str, parameters: Value) -> Result<Value, String> {
        self.wire.ask(json!({ "method": method, "params": parameters, "sessionId": session }))
    }
}

fn program() -> PathBuf {
    crate::browser::program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])
}
