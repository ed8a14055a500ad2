//! What is wrong with a foreign file, where, and what was done about it.

use std::fmt;
use std::rc::Rc;

/// A place in a file: its name, and a line or a path within.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub file: Rc<str>,
    pub place: Place,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    #[default]
    Whole,
    /// Counted from 1.
    Line(usize),
    /// Such as `[3].entities[0]`; items count from 0.
    Path(Rc<str>),
    /// A path within the JSON of one line.
    LinePath(usize, Rc<str>),
}

impl Spot {
    pub fn line(file: &Rc<str>, number: usize) -> Self {
        Self { file: file.clone(), place: Place::Line(number) }
    }

    /// The same place, one step further in: `step` is `.name` or `[3]`.
    pub fn within(&self, step: &str) -> Self {
        let place = match &self.place {
            Place::Whole => Place::Path(step.trim_start_matches('.').into()),
            Place::Line(number) => Place::LinePath(*number, step.trim_start_matches('.').into()),
            Place::Path(path) => Place::Path(format!("{path}{step}").into()),
            Place::LinePath(number, path) => Place::LinePath(*number, format!("{path}{step}").into()),
        };
        Self { file: self.file.clone(), place }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Whole => formatter.write_str(&self.file),
            Place::Line(number) => write!(formatter, "{}, line {number}", self.file),
            Place::Path(path) => write!(formatter, "{}, {path}", self.file),
            Place::LinePath(number, path) => write!(formatter, "{}, line {number}, {path}", self.file),
        }
    }
}

/// What is wrong at one place, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub spot: Spot,
    pub what: Rc<str>,
    pub done: Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Done {
    /// Of a page, what is no part of the article.
    Cut,
    /// What stands there was taken over, with nothing lost.
    Kept,
    /// The words were found elsewhere.
    Reanchored,
    /// The words were not found: the annotation is kept without a place.
    Orphaned,
    Skipped,
}

impl Done {
    pub const ALL: [Self; 5] = [Self::Cut, Self::Kept, Self::Reanchored, Self::Orphaned, Self::Skipped];
}

impl fmt::Display for Done {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Cut => "the rest is the article",
            Self::Kept => "kept",
            Self::Reanchored => "placed anew",
            Self::Orphaned => "kept without a place in the text",
            Self::Skipped => "left out",
        })
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}; {}", self.spot, self.what, self.done)
    }
}
