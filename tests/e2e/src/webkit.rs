//! WebKitGTK, with a screen of its own: it has no way to do without one.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How often a driver that was just started is asked whether it listens.
const PATIENCE: u32 = 200;

/// A screen, a driver and a session; all that they leave behind goes into `folder`.
pub async fn start(folder: &Path) -> (Vec<Child>, WebDriver) {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]);
    let mut screen = spawn(command.stdout(Stdio::piped()));
    let mut lines = BufReader::new(screen.stdout.take().expect("a piped output")).lines();
    let display = lines.next_line().await.ok().flatten().expect("Xvfb names its display");

    let port = free_port();
    let mut command = Command::new(std::env::var("WEBKIT_DRIVER").unwrap_or_else(|_| "WebKitWebDriver".to_owned()));
    command.arg(format!("--port={port}")).env("DISPLAY", format!(":{display}"));
    for place in ["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "TMPDIR"] {
        command.env(place, folder);
    }
    let driver = spawn(command.stdout(Stdio::null()));
    let mut tries = 0;
    let session = loop {
        match WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities()).await {
            Ok(session) => break session,
            Err(error) if tries == PATIENCE => panic!("WebKitGTK did not start: {error}"),
            Err(_) => tries += 1,
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    (vec![driver, screen], session)
}

fn spawn(command: &mut Command) -> Child {
    let started = command.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn();
    started.unwrap_or_else(|error| panic!("{:?} does not start: {error}", command.as_std().get_program()))
}

/// The driver takes no 0 for “any”.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("the port of a listener").port()
}

fn capabilities() -> Capabilities {
    let browser = std::env::var("WEBKIT").expect("WEBKIT names WebKitGTK’s MiniBrowser");
    let mut capabilities = Capabilities::new();
    let options = json!({ "binary": browser, "args": ["--automation"] });
    capabilities.set("webkitgtk:browserOptions", options).expect("invariant: JSON is a capability");
    capabilities
}
