//! CoNLL's columns with IOB2 tags, in and out: one layer a file, a token a line.

mod read;
mod write;

pub use read::read;
pub use write::Conll;

/// The line that parts articles.
const DOCUMENT: &str = "-DOCSTART-";

/// A text, or a token, without its white space: by this a file's tokens and the text beside it are known to belong together.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
