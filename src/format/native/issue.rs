use std::fmt;

use thiserror::Error;

use super::Place;
use crate::model::Version;
use crate::text::Stretch;

/// A problem with one place of a file whose shape is right, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub file: String,
    /// A path such as `annotations[12].fragments[0].end`; items count from 0.
    pub place: String,
    pub problem: Problem,
    pub outcome: Outcome,
}

impl fmt::Display for Issue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {}: {}; {}", self.file, self.place, self.problem, self.outcome)
    }
}

/// What was done about a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What stands there was taken over, perhaps tidied, with nothing lost.
    Kept,
    /// Something else took its place.
    Filled { with: String },
    /// The words were found elsewhere; offsets in code points, `from` as the file has them.
    Reanchored { from: (u32, u32), to: Stretch },
    /// The words were not found: the annotation is kept and listed without a place.
    Orphaned,
    /// What stands there was left out.
    Skipped,
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept => formatter.write_str("kept"),
            Self::Filled { with } => write!(formatter, "“{with}” took its place"),
            Self::Reanchored { from, to } => write!(formatter, "moved from {}–{} to {to}", from.0, from.1),
            Self::Orphaned => formatter.write_str("kept without a place in the text"),
            Self::Skipped => formatter.write_str("left out"),
        }
    }
}

/// What is wrong with one place of a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    #[error("“{0}” can't be an id: 1 to 64 of letters, digits, dot, underscore and hyphen")]
    BadId(String),
    #[error("{0} comes a second time")]
    Duplicate(String),
    #[error("an id is missing")]
    NoId,
    #[error("a {kind} can't be “{found}”")]
    UnknownWord { kind: &'static str, found: String },
    #[error("“{0}” is not one character")]
    NotACharacter(String),
    #[error("a text or number attribute has no options")]
    OptionsOfNoChoice,
    #[error("the least number {min} is above the greatest {max}")]
    MinAboveMax { min: u32, max: u32 },
    #[error("there is no article {0} here")]
    UnknownArticle(String),
    #[error("annotator {0} is not listed")]
    UnknownAnnotator(String),
    #[error("there is no entity {0} here")]
    UnknownEntity(String),
    #[error("the scheme has no type {0}")]
    UnknownType(String),
    #[error("type {of} has no attribute {name}")]
    UnknownAttribute { of: String, name: String },
    #[error("type {of} has no role {name}")]
    UnknownRole { of: String, name: String },
    #[error("attribute {of} can't be {found}")]
    UnknownValue { of: String, found: String },
    #[error("the fragment ends at {end}, the text at {length}")]
    PastEnd { end: u32, length: u32 },
    #[error("the fragment ends at {end}, before its start {start}")]
    Reversed { start: u32, end: u32 },
    #[error("the fragment {at}–{at} is empty")]
    EmptyFragment { at: u32 },
    #[error("the annotation has no fragment")]
    NoFragment,
    #[error("the annotation has fragments and orphaned ones; only the fragments count")]
    PlacedOrphan,
    #[error("the fragments are not in order")]
    Unsorted,
    #[error("fragments overlap or touch, so they are one")]
    Touching,
    #[error("the article has “{found}” there, not “{stated}”")]
    TextDiffers { stated: String, found: String },
    #[error("the annotation fills its own role")]
    SelfRole,
    #[error("the filler comes a second time")]
    DuplicateFiller,
    #[error("there is no annotation {0} of that annotator in that article: the role is unfinished")]
    MissingFiller(String),
    #[error("a filler names either an annotation or an entity")]
    BadFiller,
    #[error("the confidence {0} is above 100 per cent")]
    BadConfidence(u8),
    #[error("the text's SHA-256 is {found}, not {stated}: the text was changed after the file was written")]
    ChangedText { stated: String, found: String },
    #[error("the text lies in another file, {0}: open the project by its address, or together with that file (in a zip or a folder)")]
    TextElsewhere(String),
    #[error("“{0}” can't be the place of a text: that is a path beside the project file, or an http or https address on its server")]
    BadHref(String),
    #[error("a text in another file needs its SHA-256, 64 hex digits")]
    NoHash,
    #[error("the text can't be had: {0}")]
    NoText(String),
    #[error("the zone {start}–{end} is empty or does not lie in the text of {length} code points")]
    ZoneOutOfText { start: u32, end: u32, length: u32 },
    #[error("the zone {start}–{end} overlaps another one")]
    ZoneOverlaps { start: u32, end: u32 },
    #[error("“{0}” is not an http or https address")]
    BadUrl(String),
    #[error("“{0}” is not an id of Wikidata, such as Q42")]
    BadWikidata(String),
    #[error("an entity can't be merged into itself")]
    MergedIntoItself,
    #[error("“{0}” is not a time such as 2026-01-31T12:04:31.007Z")]
    BadTime(String),
    #[error("the version is empty, has a zero, or a replica that can't be an id")]
    BadVersion,
}

/// Collects the issues of one file.
#[derive(Clone, Debug)]
pub struct Report {
    file: String,
    /// The greatest number that a version may hold.
    pub greatest: u64,
    pub issues: Vec<Issue>,
}

impl Report {
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), greatest: Version::MAX_READ, issues: Vec::new() }
    }

    /// For what this page stored itself, which may have counted on from the greatest number of a file.
    pub fn of_own() -> Self {
        Self { greatest: u64::MAX, ..Self::new("") }
    }

    pub fn add(&mut self, place: Place<'_>, problem: Problem, outcome: Outcome) {
        self.issues.push(Issue { file: self.file.clone(), place: place.to_string(), problem, outcome });
    }
}
