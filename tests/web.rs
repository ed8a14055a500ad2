//! What only a browser can show: storage and the DOM's selection. What renders: `tests/web_app.rs`.

#![cfg(target_arch = "wasm32")]

#[path = "web/apart.rs"]
mod apart;
#[path = "web/both_stores.rs"]
mod both_stores;
#[path = "web/large.rs"]
mod large;
#[path = "web/page.rs"]
mod page;
#[path = "web/pages.rs"]
mod pages;
#[path = "web/selecting.rs"]
mod selecting;
#[path = "web/storing.rs"]
mod storing;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
