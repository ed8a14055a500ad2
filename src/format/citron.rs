//! The files that BBC Citron is trained on (its `docs/data_format.md`): a text, and quotes with their cue, sources and contents.
//! Offsets count code points. A quote has one cue, and any number of stretches of sources and contents.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::exchange::{Array, Maybe};

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::Citron;

/// As a file is read: whatever is of another shape is reported.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    text: Maybe<Option<Rc<str>>>,
    quotes: Array<Quoted>,
    /// Mentions of the same, by their places.
    coreference_groups: Array<Array<Place>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Quoted {
    cue: Maybe<Option<Place>>,
    sources: Array<Place>,
    contents: Array<Place>,
    coreferences: Array<Place>,
}

/// As a file is written.
#[derive(Serialize)]
struct Written<'a> {
    text: &'a str,
    quotes: Vec<Quote>,
}

#[derive(Serialize)]
struct Quote {
    cue: Place,
    sources: Vec<Place>,
    contents: Vec<Place>,
    /// What the sources stand for: for a pronoun the words that name the speaker.
    coreferences: Vec<Place>,
}

#[derive(Serialize, Deserialize)]
struct Place {
    start: u64,
    /// Exclusive.
    end: u64,
    text: Option<Rc<str>>,
}
