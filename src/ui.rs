//! The screen: Yew components over the view models of `session`.

mod app;
mod articles;
mod bar;
mod desk;
mod dialogs;
mod foot;
mod frame;
mod importing;
mod lists;
mod notices;
mod tagger;
mod text;

/// Starts the app in the page's body.
pub fn start() {
    yew::Renderer::<app::App>::new().render();
}
