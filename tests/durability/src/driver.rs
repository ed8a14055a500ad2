use serde_json::Value;

use crate::chord::Chord;

/// What is asked of a browser by its protocol. A tab has the name that the protocol gave it.
///
/// An error is what the browser, or the connection to it, said.
pub trait Driver {
    /// Opens a tab in front of the others, at first the one that is there from the start; its name.
    fn open_tab(&mut self) -> Result<String, String>;

    /// Closes a tab, whatever its page would like to ask first.
    fn close_tab(&mut self, tab: &str) -> Result<(), String>;

    fn activate(&mut self, tab: &str) -> Result<(), String>;

    /// Returns before all of the page is there.
    fn navigate(&mut self, tab: &str, address: &str) -> Result<(), String>;

    /// What a script's promise comes to.
    fn evaluate(&mut self, tab: &str, script: &str) -> Result<Value, String>;

    /// What DevTools answers, where the browser speaks that protocol.
    fn devtools(&mut self, _tab: &str, method: &str, _parameters: Value) -> Result<Value, String> {
        Err(format!("{method}: no DevTools"))
    }

    /// Presses keys in the tab in front, without waiting between them.
    fn press(&mut self, tab: &str, chords: &[Chord]) -> Result<(), String>;

    /// Asks the browser to close; it may be gone before it answers.
    fn close(&mut self);

    /// Waits until the browser has found out that the processes of its pages were killed: what it was asked for before that,
    /// it would ask the dead. `front` is the tab that a person would see.
    fn mourn(&mut self, front: &str) -> Result<(), String>;

    /// Whether a tab that is not in front can be used again after that.
    fn revives_all(&self) -> bool;

    /// Whether a process, by its name and its command line, draws pages of the web.
    fn is_content(&self, name: &str, line: &str) -> bool;

    /// Whether a process keeps the pages' storage, and nothing else.
    fn is_storage(&self, line: &str) -> bool;

    /// Lets the databases of `origin` have so many bytes, or as many as always; `false` where there are no means for that.
    fn limit(&mut self, tab: &str, origin: &str, bytes: Option<u64>) -> Result<bool, String>;

    /// Clears what `origin` stored, as the browser's own dialog does; `false` where there are no means for that.
    fn clear(&mut self, tab: &str, origin: &str) -> Result<bool, String>;
}
