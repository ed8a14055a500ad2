//! JSON as foreign files have it: what does not fit is named and left out, and the rest is read.

use std::rc::Rc;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::foreign::{Foreign, Source};
use super::trouble::{Done, Spot};

/// A value of the expected shape, or any other.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Maybe<T> {
    Is(T),
    Not(IgnoredAny),
}

impl<T> Maybe<T> {
    pub fn get(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Not(_) => None,
        }
    }
}

impl<T: Default> Default for Maybe<T> {
    fn default() -> Self {
        Self::Is(T::default())
    }
}

/// A list whose items may each be of another shape than is expected; `null` and what is no list are empty.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Array<T>(Maybe<Vec<Maybe<T>>>);

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self(Maybe::Is(Vec::new()))
    }
}

impl<T> Array<T> {
    /// The items with their places; the others are reported: each is not `what`.
    pub fn read(self, spot: &Spot, what: &str, foreign: &mut Foreign) -> Vec<(Spot, T)> {
        let items = self.0.get().unwrap_or_default().into_iter().enumerate();
        let mut read = Vec::new();
        for (n, item) in items {
            let place = spot.within(&format!("[{n}]"));
            match item.get() {
                Some(item) => read.push((place, item)),
                None => foreign.trouble(place, format!("this is not {what}"), Done::Skipped),
            }
        }
        read
    }

    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Maybe::Is(items) => items.is_empty(),
            Maybe::Not(_) => true,
        }
    }
}

/// The values of a file with one a line, or of one that is a single value or a list of them; what can't be read is reported.
pub fn lines<T: DeserializeOwned>(source: &Source, what: &str, foreign: &mut Foreign) -> Vec<(Spot, T)> {
    let text = source.text.trim_start_matches('\u{feff}').trim_ascii_start();
    if source.first_line <= 1 && text.starts_with('[') {
        return match serde_json::from_str::<Array<T>>(text) {
            Ok(array) => array.read(&source.spot(), what, foreign),
            Err(problem) => {
                foreign.trouble(Spot::line(&source.name, problem.line()), told(&problem), Done::Skipped);
                Vec::new()
            }
        };
    }
    let mut read = Vec::new();
    for (number, line) in (source.first_line.max(1)..).zip(source.text.split('\n')) {
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(value) => read.push((Spot::line(&source.name, number), value)),
            // One value on several lines is no file of lines.
            Err(problem) if problem.is_eof() && source.first_line <= 1 && read.is_empty() => return single(source, foreign),
            Err(problem) => foreign.trouble(Spot::line(&source.name, number), told(&problem), Done::Skipped),
        }
    }
    read
}

fn single<T: DeserializeOwned>(source: &Source, foreign: &mut Foreign) -> Vec<(Spot, T)> {
    match serde_json::from_str(source.text.trim_start_matches('\u{feff}')) {
        Ok(value) => vec![(source.spot(), value)],
        Err(problem) => {
            foreign.trouble(Spot::line(&source.name, problem.line()), told(&problem), Done::Skipped);
            Vec::new()
        }
    }
}

/// What serde says, without the line, which the spot has.
fn told(problem: &serde_json::Error) -> Rc<str> {
    let said = problem.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    format!("{what} (column {})", problem.column()).into()
}
