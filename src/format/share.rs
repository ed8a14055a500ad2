//! A hand-out in a link: a project, or some of it, in the fragment of the page's address, which no browser sends to a server.
//!
//! `share=1.` and base64url without padding of: raw deflate of a project file (`FORMAT.md`) without what can be filled in, and its
//! CRC-32. What came by a link is untrusted, as everything read is: each bound holds before what lies behind it is unpacked.
//!
//! Law: `read(write(store, what)) = handout(store, what)`.

use thiserror::Error;

use super::native::{ReadError, Reading, read_filled};
use crate::edit::AnnotationStore;

mod brief;
mod fill;
mod handout;
mod pack;

pub use handout::{What, Whose, handout};

/// How the fragments begin that are share links, without the `#`.
pub const START: &str = "share=";
/// The version that is written, and the greatest that is read.
pub const VERSION: u64 = 1;
/// The longest fragment that is read, in bytes, which all are ASCII.
pub const MAX_LENGTH: usize = 65_536;
/// The most that a fragment unpacks to, in bytes.
pub const MAX_BYTES: usize = 4 << 20;
pub const MAX_ARTICLES: usize = 500;
pub const MAX_ANNOTATIONS: usize = 50_000;
/// What messages call a link.
const NAME: &str = "the share link";

/// Why a link is not opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ShareError {
    #[error("it is no share link: those begin with “share=1.”")]
    NotOne,
    #[error(
        "it was made by a newer version of this page (share={0}, this one reads up to share={VERSION}): load the page anew, or ask for the file"
    )]
    Newer(u64),
    #[error("it has {0} characters, and at most {MAX_LENGTH} are read: ask for the file")]
    TooLong(usize),
    /// Where, in characters from 1.
    #[error(
        "“{character}” stands at its character {place}, where a share link has letters, digits, “-” and “_” alone: it was changed on its way"
    )]
    Alphabet { character: char, place: usize },
    #[error("the link was cut: its end is missing, as some mail and chat programs do to long links; ask for it again, or for the file")]
    Cut,
    #[error("it was changed on its way and does not unpack: ask for it again, or for the file")]
    Damaged,
    #[error("it unpacks to more than {} MB, and was left there", MAX_BYTES >> 20)]
    TooLarge,
    #[error("it has {0} articles, and at most {MAX_ARTICLES} are read from a link: ask for the file")]
    TooManyArticles(usize),
    #[error("it has {0} annotations, and at most {MAX_ANNOTATIONS} are read from a link: ask for the file")]
    TooManyAnnotations(usize),
    #[error(transparent)]
    Project(#[from] ReadError),
}

/// The fragment, without the `#`, that holds [`handout`] of a project.
pub fn write(store: &AnnotationStore, what: &What) -> String {
    format!("{START}{VERSION}.{}", pack::pack(&brief::brief(&handout(store, what))))
}

/// Reads a fragment, with or without its `#`. What is wrong inside a project that can be read is reported, as of a file.
pub fn read(fragment: &str) -> Result<Reading, ShareError> {
    if fragment.len() > MAX_LENGTH {
        return Err(ShareError::TooLong(fragment.chars().count()));
    }
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let rest = fragment.strip_prefix(START).ok_or(ShareError::NotOne)?;
    let (version, packed) = match rest.split_once('.') {
        Some((version, packed)) => (version, Some(packed)),
        None => (rest, None),
    };
    match version.parse::<u64>() {
        Ok(VERSION) => {}
        Ok(newer) if newer > VERSION && packed.is_some() => return Err(ShareError::Newer(newer)),
        Err(_) if version.is_empty() && packed.is_none() => return Err(ShareError::Cut),
        Ok(_) | Err(_) => return Err(ShareError::NotOne),
    }
    let packed = packed.ok_or(ShareError::Cut)?;
    let json = pack::unpack(packed, START.len() + version.len() + 1)?;
    read_filled(NAME, &json, |stated| {
        let (articles, annotations) = (stated.articles.len(), stated.annotations.len() + stated.conflicts.len());
        if articles > MAX_ARTICLES {
            return Err(ShareError::TooManyArticles(articles));
        }
        if annotations > MAX_ANNOTATIONS {
            return Err(ShareError::TooManyAnnotations(annotations));
        }
        fill::fill(stated);
        Ok(())
    })
}
