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
    kind: Kind,
    processes: Vec<Child>,
    folder: PathBuf,
}

/// Which browser it is: what WebDriver leaves open, each does in a way of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Chromium,
    Firefox,
    WebKit,
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
    /// Chromium.
    pub fn start() -> Self {
        Self::of(Kind::Chromium)
    }

    /// Firefox, which knows nothing of [`Browser::devtools`] and lets its own code be asked instead: [`Browser::system`].
    pub fn firefox() -> Self {
        Self::of(Kind::Firefox)
    }

    /// WebKitGTK, which knows nothing of [`Browser::devtools`] and keeps no log.
    pub fn webkit() -> Self {
        Self::of(Kind::WebKit)
    }

    fn of(kind: Kind) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let folder = fresh_folder();
        let (processes, session) = runtime.block_on(async {
            match kind {
                Kind::Chromium => start_chromium(&folder).await,
                Kind::Firefox => crate::firefox::start(&folder).await,
                Kind::WebKit => crate::webkit::start(&folder).await,
            }
        });
        Self { runtime, session, kind, processes, folder }
    }

    pub fn kind(&self) -> Kind {
        self.kind
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

    /// What `script`, a function body, returns among the code that Firefox itself is made of.
    #[track_caller]
    pub fn system(&self, script: &str, arguments: Value) -> Value {
        let arguments = arguments.as_array().cloned().unwrap_or_default();
        self.run(crate::firefox::system(&self.session, script, arguments))
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

async fn start_chromium(folder: &Path) -> (Vec<Child>, WebDriver) {
    let (process, port) = start_driver(folder, "CHROMEDRIVER", "chromedriver", &["--port=0"], "started successfully on port ").await;
    match WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(&folder.join("profile"))).await {
        Ok(session) => (vec![process], session),
        Err(error) => panic!("the browser did not start: {error}"),
    }
}

/// Starts a driver that chooses a port and names it after `words`; what it and the browser leave behind goes into `folder`.
/// The environment's `variable` stands above `name`.
pub async fn start_driver(folder: &Path, variable: &str, name: &str, arguments: &[&str], words: &str) -> (Child, u16) {
    let program = std::env::var(variable).unwrap_or_else(|_| name.to_owned());
    // The port that it finds free for one protocol may be taken for the other.
    for _ in 0..3 {
        let mut command = Command::new(&program);
        command.args(arguments).env("TMPDIR", folder).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        if let Some(started) = try_driver(command, words).await {
            return started;
        }
    }
    panic!("{program} ended before it named its port, again and again");
}

/// `None` where it ends before it has named its port.
async fn try_driver(mut command: Command, words: &str) -> Option<(Child, u16)> {
    let started = command.spawn();
    let mut process = started.unwrap_or_else(|error| panic!("{:?} does not start: {error}", command.as_std().get_program()));
    let mut lines = BufReader::new(process.stdout.take().expect("a piped output")).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let port = line.rsplit_once(words).and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port {
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
    program("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])
}

/// What the environment's `variable` says, else the first of `names` on `PATH`.
pub fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(given) = std::env::var_os(variable) {
        return given.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = names.iter().flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)));
    places.find(|place| place.is_file()).unwrap_or_else(|| panic!("none of {names:?} on PATH; set {variable}"))
}
