//! The screen: Yew components over the view models of `session`.

mod adding;
mod annotator;
mod app;
mod articles;
mod assigning;
mod backups;
mod bar;
mod bringing;
mod carrying;
mod clashing;
mod comfort;
mod comparing;
mod desk;
mod dialogs;
mod entities;
mod exporting;
mod finding;
mod finishing;
mod foot;
mod frame;
mod frames;
mod guidelines;
mod handing;
mod hosting;
mod importing;
mod keys;
mod lists;
mod markdown;
mod notices;
mod outcome;
mod overlay;
mod overview;
mod projects;
mod restoring;
mod scheme;
mod shared;
mod sharing;
mod shelving;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod snapshots;
mod storage;
mod tagger;
mod text;
mod texts;
mod who;
mod words;

#[cfg(debug_assertions)]
pub use text::blocks_rendered;

/// Starts the app inside `root`, whose content it replaces.
pub fn start(root: crate::browser::Element) {
    yew::Renderer::<app::App>::with_root(root).render();
}
