//! The service worker (`static/worker.js`): it keeps the page's files on this device, so that it opens with the network cut.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    EventTarget, RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

use super::document::root;
use super::listen::{Beat, listen_on};

/// Whether the page opens with the network cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// This browser, or a page that came over plain http, keeps no files.
    NotHere,
    /// The files are on their way.
    Preparing,
    Ready,
    /// Something kept them from being kept: the network, or a host that changes them.
    Failed,
}

impl Offline {
    const ALL: [Self; 4] = [Self::NotHere, Self::Preparing, Self::Ready, Self::Failed];

    /// The value of the root element's `data-offline`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotHere => "not-here",
            Self::Preparing => "preparing",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }
}

thread_local! {
    /// The worker with another build of the page, which waits until this one is left.
    static NEWER: Cell<Option<ServiceWorker>> = const { Cell::new(None) };
}

/// How it stands.
pub fn offline() -> Offline {
    let said = root().and_then(|root| root.get_attribute("data-offline"));
    Offline::ALL.into_iter().find(|state| Some(state.name()) == said.as_deref()).unwrap_or(Offline::NotHere)
}

fn show(state: Offline) {
    if let Some(root) = root() {
        let _ = root.set_attribute("data-offline", state.name());
    }
}

/// There is none on pages that came over plain http.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &"serviceWorker".into()).ok()?.dyn_into().ok()
}

/// A page that stays open asks for newer builds this often, in milliseconds.
const BETWEEN_QUESTIONS: u32 = 3_600_000;

/// Has the page's files kept; `on_newer` hears when another build of the page is ready to take over.
///
/// A page that was built for trying things out keeps nothing, and forgets what a release at the same address has kept.
pub fn keep_for_offline(on_newer: impl Fn() + 'static) {
    let Some(container) = container() else { return show(Offline::NotHere) };
    spawn_local(async move {
        if cfg!(debug_assertions) {
            return forget(&container).await;
        }
        show(Offline::Preparing);
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        // A refusal is no failure of the page, which works on without it.
        match JsFuture::from(container.register_with_options("worker.js", &options)).await.map(JsCast::unchecked_into) {
            Ok(registration) => watch(registration, Rc::new(on_newer)),
            Err(_) => show(Offline::Failed),
        }
    });
}

fn watch(registration: ServiceWorkerRegistration, on_newer: Rc<dyn Fn()>) {
    match registration.active() {
        Some(active) if active.state() == ServiceWorkerState::Activated => show(Offline::Ready),
        // Until then it does not answer everywhere.
        Some(active) => follow(active, registration.clone(), on_newer.clone()),
        None => {}
    }
    if let Some(waiting) = registration.waiting() {
        NEWER.set(Some(waiting));
        on_newer();
    }
    let look = {
        let registration = registration.clone();
        move || {
            if let Some(worker) = registration.installing() {
                follow(worker, registration.clone(), on_newer.clone());
            }
        }
    };
    look();
    // As long as the page lives, all of these.
    let found = listen_on(&registration, "updatefound", move |_| look());
    let ask = Beat::every(BETWEEN_QUESTIONS, move || {
        if let Ok(asked) = registration.update() {
            // With the network cut there is no answer, and nobody waits for it.
            spawn_local(async move { drop(JsFuture::from(asked).await) });
        }
    });
    std::mem::forget((found, ask));
}

/// Follows a worker from its installation on.
fn follow(worker: ServiceWorker, registration: ServiceWorkerRegistration, on_newer: Rc<dyn Fn()>) {
    let followed = worker.clone();
    let listener = listen_on(&worker, "statechange", move |_| match followed.state() {
        // One that is first of all goes on by itself.
        ServiceWorkerState::Installed if registration.active().is_some() => {
            NEWER.set(Some(followed.clone()));
            on_newer();
        }
        ServiceWorkerState::Activated => show(Offline::Ready),
        // A newer one that failed is tried again; the older one goes on serving.
        ServiceWorkerState::Redundant if registration.active().is_none() => show(Offline::Failed),
        _ => {}
    });
    std::mem::forget(listener);
}

async fn forget(container: &ServiceWorkerContainer) {
    let registration = JsFuture::from(container.get_registration()).await.ok();
    if let Some(registration) = registration.and_then(|found| found.dyn_into::<ServiceWorkerRegistration>().ok())
        && let Ok(gone) = registration.unregister()
    {
        let _ = JsFuture::from(gone).await;
    }
}

/// Lets the newer build of the page take over, and opens it. To be called only with all work stored.
pub fn renew() {
    let reload = || {
        if let Some(window) = web_sys::window() {
            let _ = window.location().reload();
        }
    };
    let (Some(container), Some(newer)) = (container(), NEWER.take()) else { return reload() };
    // Another tab may have let it already.
    if newer.state() != ServiceWorkerState::Installed {
        return reload();
    }
    let listener = listen_on(container.unchecked_ref::<EventTarget>(), "controllerchange", move |_| reload());
    std::mem::forget(listener);
    if newer.post_message(&JsValue::from_str("take over")).is_err() {
        reload();
    }
}
