//! The project file: JSON, version 1, the one format that holds everything. `FORMAT.md` describes it for people.
//!
//! Law: `read(write(p)) = p`, conflicts, tombstones and the order of articles included.

mod check;
pub(super) mod file;
mod issue;
mod place;
mod read;
mod remote;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
pub(super) mod stamp;
pub(super) mod to_file;
pub(super) mod words;
mod write;

pub(super) use check::{Stage, versioned};
pub(super) use issue::Report;
pub use issue::{Issue, Outcome, Problem};
pub(super) use place::Place;
pub(super) use read::read_filled;
pub use read::{MAX_ANNOTATIONS, MAX_BYTES, MAX_DEPTH, ReadError, Reading, Shaped, Texts, path_below, read, read_with, text_paths};
pub use remote::{NotTheText, Remote, exact_text};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;
pub(super) use write::unlisted;
pub use write::{write, write_apart};
