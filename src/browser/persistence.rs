//! What the browser says of the room that the page has, and of how long it keeps what is stored.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Whether the browser spares the page when it clears storage to make room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    Promised,
    NotPromised,
    /// There is nobody to ask: an old browser, or a page that came over plain http.
    Unknown,
}

/// Room for everything that the page stores outside of local storage, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub used: u64,
    pub limit: u64,
}

/// Whether the browser has promised; asks nobody.
pub async fn persistence() -> Persistence {
    promise(ask("persisted").await)
}

/// Asks for the promise, with the person's consent where the browser wants it.
pub async fn persist() -> Persistence {
    promise(ask("persist").await)
}

fn promise(answer: Option<JsValue>) -> Persistence {
    match answer.and_then(|answer| answer.as_bool()) {
        Some(true) => Persistence::Promised,
        Some(false) => Persistence::NotPromised,
        None => Persistence::Unknown,
    }
}

/// The browser's own estimate; `None` where it gives none.
pub async fn room() -> Option<Room> {
    let estimate = ask("estimate").await?;
    let bytes = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64().map(|bytes| bytes as u64);
    Some(Room { used: bytes("usage")?, limit: bytes("quota").filter(|limit| *limit > 0)? })
}

/// Calls a method of `navigator.storage`, which is not there on plain-http hosts.
async fn ask(method: &str) -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let manager = Reflect::get(&navigator, &"storage".into()).ok().filter(|manager| !manager.is_undefined())?;
    let method: Function = Reflect::get(&manager, &method.into()).ok()?.dyn_into().ok()?;
    let answer: Promise = method.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}

/// Whether this is a browser of WebKit's kind that shows the page in a tab: those take a page's storage away after seven
/// days of use without a visit, unless it is installed.
pub fn forgets_after_a_week() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let word = |name: &str| Reflect::get(&window.navigator(), &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default();
    let installed = window.match_media("(display-mode: standalone)").ok().flatten().is_some_and(|query| query.matches());
    is_webkit(&word("vendor"), &word("userAgent")) && !installed
}

/// All of WebKit names this vendor, on every system; Chromium and Firefox name others.
fn is_webkit(vendor: &str, user_agent: &str) -> bool {
    vendor.starts_with("Apple") && user_agent.contains("AppleWebKit/") && !user_agent.contains("Chrome/")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::is_webkit;

    #[test]
    fn only_webkit_is_told_of_the_seven_days() {
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        assert!(is_webkit("Apple Computer, Inc.", &format!("{mac} Version/26.0 Safari/605.1.15")));
        assert!(is_webkit(
            "Apple Computer, Inc.",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"
        ));
        assert!(is_webkit(
            "Apple Computer, Inc.",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1"
        ));
        assert!(!is_webkit(
            "Google Inc.",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
        ));
        assert!(!is_webkit("", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"));
    }
}
