use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
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

/// Makes the browser ask before it leaves the page, as long as it lives.
pub fn hold_page() -> Option<Listener> {
    listen("beforeunload", |event| {
        event.prevent_default();
        // What older browsers ask for instead.
        let _ = js_sys::Reflect::set(event, &"returnValue".into(), &true.into());
    })
}

/// Listens on the document.
pub fn listen_document(event: &'static str, handler: impl FnMut(&Event) + 'static) -> Option<Listener> {
    let document = web_sys::window()?.document()?;
    Some(Listener { _held: EventListener::new_with_options(&document, event, EventListenerOptions::enable_prevent_default(), handler) })
}

/// Listens on something that is no part of the document.
pub(super) fn listen_on(target: &web_sys::EventTarget, event: &'static str, handler: impl FnMut(&Event) + 'static) -> Listener {
    Listener { _held: EventListener::new(target, event, handler) }
}

/// Listens on the window before anything else on the page does.
pub fn listen_first(event: &'static str, handler: impl FnMut(&Event) + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    let options = EventListenerOptions { phase: gloo::events::EventListenerPhase::Capture, passive: false };
    Some(Listener { _held: EventListener::new_with_options(&window, event, options, handler) })
}

/// Hears every scrolling and resizing.
pub fn listen_layout(handler: impl Fn() + Clone + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    // Scrolling does not bubble, so it is caught on its way down.
    let options = EventListenerOptions::run_in_capture_phase();
    let on = |event: &'static str| {
        let handler = handler.clone();
        Listener { _held: EventListener::new_with_options(&window, event, options, move |_| handler()) }
    };
    vec![on("scroll"), on("resize")]
}

/// Hears when an element gets another size, as long as it lives.
pub struct SizeWatch {
    observer: web_sys::ResizeObserver,
    _held: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Of the first element that `selector` finds.
    pub fn of(selector: &str, handler: impl FnMut() + 'static) -> Option<Self> {
        let element = web_sys::window()?.document()?.query_selector(selector).ok()??;
        let held = Closure::new(handler);
        let observer = web_sys::ResizeObserver::new(held.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Self { observer, _held: held })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Hears every so many milliseconds, as long as it lives.
pub struct Beat {
    _held: Interval,
}

impl Beat {
    pub fn every(millis: u32, handler: impl FnMut() + 'static) -> Self {
        Self { _held: Interval::new(millis, handler) }
    }
}

/// Milliseconds after which a page counts as having nothing else to do though it has.
const LONGEST_WAIT: u32 = 1_000;

/// Calls `then` when the page has nothing else to do, or else a second later.
pub fn when_idle(then: impl FnOnce() + 'static) {
    let window = web_sys::window();
    let idle = window.as_ref().and_then(|window| js_sys::Reflect::get(window, &"requestIdleCallback".into()).ok());
    let Some(idle) = idle.and_then(|idle| idle.dyn_into::<js_sys::Function>().ok()) else {
        // Browsers without it get a pause that is longer than a key's work.
        Timeout::new(200, then).forget();
        return;
    };
    // A page that is never idle must not wait for ever.
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"timeout".into(), &LONGEST_WAIT.into());
    let then = Closure::once_into_js(then);
    let _ = idle.call2(&JsValue::from(window), &then, &options);
}

/// `work`, which begins at once and goes on while others are waited for.
pub fn ahead<T: 'static>(work: impl Future<Output = T> + 'static) -> impl Future<Output = T> {
    let done = Rc::new(Cell::new(None));
    let keep = done.clone();
    let ended = wasm_bindgen_futures::future_to_promise(async move {
        keep.set(Some(work.await));
        Ok(JsValue::UNDEFINED)
    });
    async move {
        let _ = wasm_bindgen_futures::JsFuture::from(ended).await;
        done.take().expect("invariant: a promise that is kept was kept by its work")
    }
}

/// Calls `then` once, behind the next frame; in a page that paints none, a moment later all the same.
pub fn when_painted(then: impl FnOnce() + 'static) {
    const HIDDEN: u32 = 300;
    let then = Rc::new(Cell::new(Some(then)));
    let call = {
        let then = then.clone();
        move || {
            if let Some(then) = then.take() {
                then();
            }
        }
    };
    let late = call.clone();
    Timeout::new(HIDDEN, late).forget();
    let framed = Closure::once_into_js(move || Timeout::new(0, call).forget());
    if let (Some(window), Some(framed)) = (web_sys::window(), framed.dyn_ref::<js_sys::Function>()) {
        let _ = window.request_animation_frame(framed);
    }
}

/// Calls `then` once, after `millis` milliseconds.
pub fn after(millis: u32, then: impl FnOnce() + 'static) -> Wait {
    Wait { _held: Timeout::new(millis, then) }
}

/// Waits that many milliseconds.
pub async fn pause(millis: u32) {
    gloo::timers::future::TimeoutFuture::new(millis).await;
}

/// Lets the browser do what it has to, and goes on in a task of its own; unlike a timer at once in a page that nobody looks at, too.
pub async fn turn() {
    let Ok(channel) = web_sys::MessageChannel::new() else { return };
    let (here, there) = (channel.port1(), channel.port2());
    let told = js_sys::Promise::new(&mut |resolve, _| here.set_onmessage(Some(&resolve)));
    if there.post_message(&JsValue::NULL).is_ok() {
        let _ = wasm_bindgen_futures::JsFuture::from(told).await;
    }
    here.close();
}
