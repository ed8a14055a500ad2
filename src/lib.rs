//! Standpoint: label who said what in news text, and where they stand.
//!
//! A web page without a server. People load articles, tag speakers, cues, claims, stances and targets, link them into
//! frames, and export the whole as one file. Each layer uses only what stands to its left:
//!
//! ```text
//! order → text → model → edit → analysis → format → session → browser → ui → main
//! ```
//!
//! Invariants, guarded by `tests/layers.rs` and the property tests:
//!
//! - `text` … `session` are pure: no I/O, no clock, no randomness, no browser. Ids and times arrive as arguments.
//! - Only `browser` names `web_sys`, `js_sys`, `gloo` and `wasm_bindgen`; only `ui` names `yew`.
//! - The types in `model` are not what is written to disk; `format` owns the serialised counterparts.
//! - A `Span` counts Unicode code points of its article's text, is not empty and lies inside it; what cannot be placed is
//!   an `Orphan`. UTF-16 and byte offsets are other types and stay in `text` and `browser`.
//! - The store changes only through `AnnotationStore::apply` and `AnnotationStore::merge`.
//! - `ui` never edits the DOM inside an element that Yew renders.

pub mod analysis;
#[cfg(feature = "page")]
pub mod browser;
pub mod edit;
pub mod format;
pub mod model;
mod order;
#[cfg(feature = "page")]
pub mod session;
pub mod text;
#[cfg(feature = "page")]
pub mod ui;
