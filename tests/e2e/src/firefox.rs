//! Firefox by geckodriver, with leave to ask the browser's own code: WebDriver alone knows neither what the console says, nor
//! what is requested, nor where a download goes.

use std::path::Path;

use http::Method;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, RequestData, SessionId, WebDriver};
use tokio::process::Child;

use crate::browser::{program, start_driver};

/// Takes note of errors and requests from now on, as pairs of what it is and its words.
///
/// An error is one of the page's scripts that nobody caught, or a breach of its policy. A request counts where a page asked
/// for it, not the browser.
const HEAR: &str = "
const heard = Services.heardByTheHarness = [];
Services.console.registerListener((message) => {
  if (!(message instanceof Ci.nsIScriptError) || message.flags & Ci.nsIScriptError.warningFlag) return;
  if (message.isFromChromeContext || /^(chrome|resource|moz-src):/.test(message.sourceName)) return;
  heard.push(['error', `${message.sourceName}:${message.lineNumber} ${message.errorMessage}`]);
});
Services.obs.addObserver((request) => {
  const { loadInfo, URI } = request.QueryInterface(Ci.nsIHttpChannel);
  const asking = loadInfo.loadingPrincipal ?? loadInfo.triggeringPrincipal;
  if (asking.isContentPrincipal) heard.push(['request', URI.spec]);
}, 'http-on-modify-request');";

/// The pairs that [`HEAR`] noted since the last call.
pub const HEARD: &str = "return Services.heardByTheHarness.splice(0)";

/// From now on downloads go into the folder that is the argument, without a list of them that opens and takes the keyboard.
pub const DOWNLOAD_INTO: &str = "
Services.prefs.setBoolPref('browser.download.alwaysOpenPanel', false);
Services.prefs.setIntPref('browser.download.folderList', 2);
Services.prefs.setStringPref('browser.download.dir', arguments[0]);";

/// A driver and a session; all that they leave behind goes into `folder`.
pub async fn start(folder: &Path) -> (Vec<Child>, WebDriver) {
    let profiles = format!("--profile-root={}", folder.display());
    let arguments = ["--port=0", "--websocket-port=0", "--allow-system-access", &profiles];
    let (process, port) = start_driver(folder, "GECKODRIVER", "geckodriver", &arguments, "Listening on 127.0.0.1:").await;
    let session = match WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities()).await {
        Ok(session) => session,
        Err(error) => panic!("Firefox did not start: {error}"),
    };
    if let Err(error) = system(&session, HEAR, Vec::new()).await {
        panic!("Firefox does not let itself be heard: {error}");
    }
    (vec![process], session)
}

/// What `script`, a function body, returns among the browser's own code.
pub async fn system(session: &WebDriver, script: &str, arguments: Vec<Value>) -> WebDriverResult<Value> {
    session.handle().cmd(Context("chrome")).await?;
    let found = session.execute(script, arguments).await.map(|found| found.json().clone());
    session.handle().cmd(Context("content")).await?;
    found
}

/// Sets where scripts run from now on: in the page, `content`, or in the browser, which Firefox calls `chrome`.
#[derive(Debug)]
struct Context(&'static str);

impl FormatRequestData for Context {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("session/{session}/moz/context")).add_body(json!({ "context": self.0 }))
    }
}

fn capabilities() -> Capabilities {
    let binary = program("FIREFOX", &["firefox-esr", "firefox"]);
    let mut capabilities = Capabilities::new();
    let set: [(&str, Value); 3] = [
        ("browserName", json!("firefox")),
        ("moz:firefoxOptions", json!({ "binary": binary, "args": ["-headless", "--width", "1440", "--height", "900"] })),
        ("unhandledPromptBehavior", json!("dismiss and notify")),
    ];
    for (name, value) in set {
        capabilities.set(name, value).expect("JSON is a capability");
    }
    capabilities
}
