//! A browser and its driver, with a profile that nobody used before.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::runtime::Runtime;

/// One browser session. It ends, with its processes and its folder, when this is dropped.
pub struct Browser {
    runtime: Runtime,
    session: WebDriver,
    processes: Vec<Child>,
    folder: PathBuf,
}

const ARGUMENTS: [&str; 12] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-smooth-scrolling",
    "--lang=en-US",
    "--window-size=1440,900",
];

impl Browser {
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let folder = fresh_folder();
        let (process, port) = runtime.block_on(start_driver(&folder));
        let capabilities = capabilities(&folder.join("profile"));
        let session = match runtime.block_on(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)) {
            Ok(session) => session,
            Err(error) => panic!("the browser did not start: {error}"),
        };
        Self { runtime, session, processes: vec![process], folder }
    }

    /// WebKitGTK, which knows nothing of [`Browser::devtools`] and keeps no log.
    pub fn webkit() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let folder = fresh_folder();
        let (processes, session) = runtime.block_on(crate::webkit::start(&folder));
        Self { runtime, session, processes, folder }
    }

    pub fn session(&self) -> &WebDriver {
        &self.session
    }

    pub fn runtime(&self) -> &tokio::runtime::Handle {
        self.runtime.handle()
    }

    /// A folder that goes with the browser.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    #[track_caller]
    pub fn run<T, E: std::fmt::Display>(&self, work: impl Future<Output = Result<T, E>>) -> T {
        match self.runtime.block_on(work) {
            Ok(done) => done,
            Err(error) => panic!("the browser refused: {error}"),
        }
    }

    /// What `script`, a function body, returns.
    #[track_caller]
    pub fn script(&self, script: &str, arguments: Value) -> Value {
        let arguments = arguments.as_array().cloned().unwrap_or_default();
        self.run(async { self.session.execute(script, arguments).await.map(|found| found.json().clone()) })
    }

    /// A command of the Chrome DevTools Protocol.
    #[track_caller]
    pub fn devtools(&self, method: &str, parameters: Value) -> Value {
        self.run(self.session.cdp().send_raw(method, parameters))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let session = self.session.clone();
        let processes = &mut self.processes;
        self.runtime.block_on(async {
            // A browser that has gone already can't be told to go.
            let _ = session.quit().await;
            for process in processes {
                let _ = process.kill().await;
            }
        });
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn fresh_folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("standpoint-e2e-{}-{count}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder
}

/// Starts the driver; what it and the browser leave behind goes into `folder`.
async fn start_driver(folder: &Path) -> (Child, u16) {
    // The port that it finds free for one protocol may be taken for the other.
    for _ in 0..3 {
        if let Some(started) = try_driver(folder).await {
            return started;
        }
    }
    panic!("the driver ended before it named its port, again and again");
}

/// The driver chooses a port that is free and says which; `None` where it ends instead.
async fn try_driver(folder: &Path) -> Option<(Child, u16)> {
    let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let mut command = Command::new(&program);
    command.arg("--port=0").env("TMPDIR", folder).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let started = command.spawn();
    let mut process = started.unwrap_or_else(|error| panic!("{program} does not start: {error}"));
    let mut lines = BufReader::new(process.stdout.take().expect("a piped output")).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let port = line.rsplit_once("on port ").and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port.filter(|_| line.contains("started successfully")) {
            // Its output has to go somewhere, or it would wait for a reader.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some((process, port));
        }
    }
    None
}

fn capabilities(profile: &Path) -> Capabilities {
    let mut arguments: Vec<String> = ARGUMENTS.iter().map(|argument| (*argument).to_owned()).collect();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let mut capabilities = Capabilities::new();
    let set: [(&str, Value); 4] = [
        ("browserName", json!("chrome")),
        ("goog:chromeOptions", json!({ "binary": chromium(), "args": arguments })),
        ("goog:loggingPrefs", json!({ "browser": "ALL", "performance": "ALL" })),
        // A page that opens an alert fails the story that meets it.
        ("unhandledPromptBehavior", json!("dismiss and notify")),
    ];
    for (name, value) in set {
        capabilities.set(name, value).expect("JSON is a capability");
    }
    capabilities
}

fn chromium() -> PathBuf {
    if let Some(given) = std::env::var_os("CHROMIUM") {
        return given.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut places = names.iter().flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)));
    places.find(|place| place.is_file()).unwrap_or_else(|| panic!("no Chromium on PATH; set CHROMIUM"))
}
