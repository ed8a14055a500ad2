use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use web_sys::Event;

/// Listens as long as it lives.
pub struct Listener {
    _held: EventListener,
}

/// A wait that ends early, without its callback, when it is dropped.
pub struct Wait {
    _held: Timeout,
}

/// Listens on the window; the handler may prevent the default.
pub fn listen(event: &'static str, handler: impl FnMut(&Event) + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener { _held: EventListener::new_with_options(&window, event, EventListenerOptions::enable_prevent_default(), handler) })
}

/// Listens on the document.
pub fn listen_document(event: &'static str, handler: impl FnMut(&Event) + 'static) -> Option<Listener> {
    let document = web_sys::window()?.document()?;
    Some(Listener { _held: EventListener::new_with_options(&document, event, EventListenerOptions::enable_prevent_default(), handler) })
}

/// Calls `then` once, after `millis` milliseconds.
pub fn after(millis: u32, then: impl FnOnce() + 'static) -> Wait {
    Wait { _held: Timeout::new(millis, then) }
}
