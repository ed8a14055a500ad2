//! Chromium by its DevTools protocol, over one connection for the browser and all tabs.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::program;
use crate::chord::Chord;
use crate::driver::Driver;
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
        let mut command = Group::command(&program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]));
        command.arg(format!("--user-data-dir={}", profile.display())).args(ARGUMENTS);
        let (group, address) = Group::start(command, "DevTools listening on ")?;
        let mut chromium = Self { wire: Wire::connect(&address)?, tabs: Vec::new(), first: None };
        chromium.first = chromium.targets()?.pop();
        Ok((chromium, group))
    }

    /// What a tab's page is to the protocol, for all tabs.
    fn targets(&mut self) -> Result<Vec<Value>, String> {
        let targets = self.ask("Target.getTargets", json!({}))?;
        let pages = targets["targetInfos"].as_array().into_iter().flatten().filter(|target| target["type"] == "page");
        Ok(pages.map(|target| target["targetId"].clone()).collect())
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Result<Value, String> {
        self.wire.ask(json!({ "method": method, "params": parameters }))
    }

    fn ask_tab(&mut self, session: &str, method: &str, parameters: Value) -> Result<Value, String> {
        self.wire.ask(json!({ "method": method, "params": parameters, "sessionId": session }))
    }
}

impl Driver for Chromium {
    fn open_tab(&mut self) -> Result<String, String> {
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
        // So that dialogs wait for an answer from here.
        self.ask_tab(&session, "Page.enable", json!({}))?;
        self.tabs.push(OpenTab { session: session.clone(), target });
        Ok(session)
    }

    fn close_tab(&mut self, session: &str) -> Result<(), String> {
        let Some(at) = self.tabs.iter().position(|tab| tab.session == session) else { return Ok(()) };
        let OpenTab { target, session } = self.tabs.remove(at);
        self.ask("Target.closeTarget", json!({ "targetId": target }))?;
        while self.targets()?.contains(&target) {
            // Where the page asks before it is left, it is left; where it does not, there is no dialog, which is an error.
            let _ = self.ask_tab(&session, "Page.handleJavaScriptDialog", json!({ "accept": true }));
        }
        Ok(())
    }

    fn activate(&mut self, session: &str) -> Result<(), String> {
        self.ask_tab(session, "Page.bringToFront", json!({})).map(drop)
    }

    fn navigate(&mut self, session: &str, address: &str) -> Result<(), String> {
        self.ask_tab(session, "Page.navigate", json!({ "url": address })).map(drop)
    }

    fn evaluate(&mut self, session: &str, script: &str) -> Result<Value, String> {
        let question = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.ask_tab(session, "Runtime.evaluate", question)?;
        match &answer["exceptionDetails"] {
            Value::Null => Ok(answer["result"]["value"].take()),
            thrown => Err(format!("the page threw {thrown}")),
        }
    }

    fn devtools(&mut self, session: &str, method: &str, parameters: Value) -> Result<Value, String> {
        self.ask_tab(session, method, parameters)
    }

    fn press(&mut self, session: &str, chords: &[Chord]) -> Result<(), String> {
        let strokes = chords.iter().flat_map(|chord| chord.devtools());
        let questions =
            strokes.map(|stroke| json!({ "method": "Input.dispatchKeyEvent", "params": stroke, "sessionId": session })).collect();
        self.wire.ask_all(questions).map(drop)
    }

    fn close(&mut self) {
        let _ = self.ask("Browser.close", json!({}));
    }

    fn mourn(&mut self, _front: &str) -> Result<(), String> {
        for OpenTab { session, .. } in &self.tabs {
            self.wire.hear(|told| told["method"] == "Inspector.targetCrashed" && told["sessionId"] == session.as_str())?;
        }
        self.wire.forget();
        Ok(())
    }

    fn revives_all(&self) -> bool {
        true
    }

    fn is_content(&self, _name: &str, line: &str) -> bool {
        line.contains("--type=renderer") && !line.contains("--top-chrome-webui") && !line.contains("--extension-process")
    }

    fn is_storage(&self, line: &str) -> bool {
        line.contains("--utility-sub-type=storage.mojom.StorageService")
    }

    fn limit(&mut self, session: &str, origin: &str, bytes: Option<u64>) -> Result<bool, String> {
        let mut question = json!({ "origin": origin });
        if let Some(bytes) = bytes {
            question["quotaSize"] = json!(bytes);
        }
        self.ask_tab(session, "Storage.overrideQuotaForOrigin", question).map(|_| true)
    }

    fn clear(&mut self, session: &str, origin: &str) -> Result<bool, String> {
        self.ask_tab(session, "Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" })).map(|_| true)
    }
}
