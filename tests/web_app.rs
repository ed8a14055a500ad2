//! The whole app in a page of its own: it goes on hearing of the stores for as long as its page lives, which the tests of
//! these (`tests/web.rs`) would notice.

#![cfg(target_arch = "wasm32")]

#[expect(dead_code, reason = "the page’s bench needs more of it")]
#[path = "bench/src/document.rs"]
mod document;

#[expect(dead_code, reason = "the tests of the stores need more of it")]
#[path = "web/page.rs"]
mod page;
#[path = "web/rendering.rs"]
mod rendering;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
