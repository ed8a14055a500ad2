//! Prodigy's JSONL, which spaCy reads, in and out.

mod read;
mod write;

pub use read::read;
pub use write::Prodigy;
