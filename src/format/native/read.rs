mod apart;
pub(super) mod collect;
pub(super) mod shape;

pub use apart::{Texts, path_below, text_paths};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::check::BUDGET;
use super::file;
use super::issue::Issue;
use super::remote::Remote;
use crate::edit::AnnotationStore;
use crate::model::ArticleId;

/// The greatest project file, in bytes.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;
/// The greatest number of annotations in one file, those in conflicts included.
pub const MAX_ANNOTATIONS: usize = 1_000_000;
/// How deep arrays and objects may nest.
pub const MAX_DEPTH: usize = 64;

/// What a file holds, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What is sound; every record has a version.
    pub store: AnnotationStore,
    /// Every problem, list by list; articles come first, since the others are checked against them.
    pub issues: Vec<Issue>,
    /// Articles whose texts are to be fetched, with all that belongs to them but their assignments: nothing else of them is in `store`.
    pub remotes: Vec<Remote>,
    /// All articles in the file's order, those too that are not in `store` yet.
    pub places: Vec<ArticleId>,
}

/// Why a file can't be read at all. Lines and columns count from 1, columns in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    #[error("{file} has {bytes} bytes, the limit is {MAX_BYTES}")]
    TooLarge { file: String, bytes: usize },
    #[error("{file}, line {line}, column {column}: nested deeper than {MAX_DEPTH} levels")]
    TooDeep { file: String, line: usize, column: usize },
    #[error("{file} has {count} annotations, the limit is {MAX_ANNOTATIONS}")]
    TooMany { file: String, count: usize },
    #[error("{file}, line {line}, column {column}: {message}")]
    Syntax { file: String, line: usize, column: usize, message: String },
    #[error("{file}, line {line}, column {column}: the file ends in the middle; it is incomplete")]
    Truncated { file: String, line: usize, column: usize },
    #[error("{file} is not a project file: it has no `format`")]
    NoFormat { file: String },
    #[error("{file}, format: “{found}” instead of “{expected}”", expected = file::FORMAT)]
    OtherFormat { file: String, found: String },
    #[error("{file}, version: {found} instead of a number from 1")]
    BadVersion { file: String, found: String },
    #[error("{file}, version: the file was made by a newer version of this program (format {version}, this one reads up to {known})", known = file::VERSION)]
    Newer { file: String, version: u64 },
    #[error("{file}, offsets: “{found}” instead of “{expected}”", expected = file::OFFSETS)]
    OtherOffsets { file: String, found: String },
    #[error("{file}, {place} (line {line}, column {column}): {message}")]
    Shape { file: String, place: String, line: usize, column: usize, message: String },
}

/// Reads a project file; `file` is its name, for messages and for a title where the file has none.
///
/// The shape has to be right, or there is an error. What is wrong within the right shape is reported, all of it, and
/// the store holds the rest. Articles whose texts lie in other files are left out.
pub fn read(file: &str, json: &str) -> Result<Reading, ReadError> {
    read_with(file, json, Texts::Nowhere)
}

/// As [`read`], where it is known how texts in other files are found.
pub fn read_with(file: &str, json: &str, texts: Texts<'_>) -> Result<Reading, ReadError> {
    Ok(Shaped::of(file, json)?.read(texts))
}

/// A project file whose shape is right, and of which nothing else is looked at yet: for who may not take long at a time.
pub struct Shaped {
    file: String,
    stated: file::File,
}

impl Shaped {
    pub fn of(file: &str, json: &str) -> Result<Self, ReadError> {
        Ok(Self { file: file.to_owned(), stated: shape::parse(file, json)? })
    }

    pub fn read(self, texts: Texts<'_>) -> Reading {
        collect::collect(&self.file, self.stated, BUDGET, texts, None)
    }
}

/// As [`read`], of a file that leaves out what `fill` puts in; `fill` may refuse it.
///
/// What comes by a link is opened while somebody waits: hardly any work goes into looking for words that have moved.
pub(in crate::format) fn read_filled<E: From<ReadError>>(
    file: &str,
    json: &str,
    fill: impl FnOnce(&mut file::File) -> Result<(), E>,
) -> Result<Reading, E> {
    let mut stated = shape::parse(file, json)?;
    fill(&mut stated)?;
    Ok(collect::collect(file, stated, BUDGET / 100, Texts::Nowhere, None))
}

/// `p-` and 16 hex digits of the SHA-256 of all texts, one after the other.
fn derived_project_id<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text.as_bytes());
    }
    let hex: String = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("p-{hex}")
}
