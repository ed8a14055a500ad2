//! What only a browser can show: storage, the DOM's selection, and which elements change when something is tagged.

#![cfg(target_arch = "wasm32")]

#[expect(dead_code, reason = "the page’s bench needs more of it")]
#[path = "bench/src/document.rs"]
mod document;

#[path = "web/both_stores.rs"]
mod both_stores;
#[path = "web/large.rs"]
mod large;
#[path = "web/page.rs"]
mod page;
#[path = "web/rendering.rs"]
mod rendering;
#[path = "web/selecting.rs"]
mod selecting;
#[path = "web/storing.rs"]
mod storing;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
