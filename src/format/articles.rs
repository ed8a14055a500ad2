//! Articles that come as something else than plain text: web pages, Markdown, and tables with one a row. None of them has annotations;
//! each becomes a text of [`Foreign`](super::exchange::Foreign), and what was cut of it is reported.

mod columns;
mod cut;
mod flow;
mod markdown;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod page;
mod rows;
mod table;
mod tree;

pub use columns::{Column, Columns, Field};
pub use markdown::read as markdown;
#[cfg(not(target_arch = "wasm32"))]
pub use native::NativePages;
pub use page::read as page;
pub use rows::{Row, Rows};
pub use table::{Heading, Reading, Table};
pub use tree::{ATTRIBUTES, PageParser, Tree};

use super::exchange::Source;

/// What a file that is in no format of annotations may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// HTML.
    Page,
    Markdown,
    /// An article a row: CSV, TSV, a list of JSON objects or one a line.
    Table,
}

impl Kind {
    /// By the file's name, and by how it begins where that says nothing.
    pub fn of(file: &Source) -> Option<Self> {
        match file.extension().as_str() {
            "html" | "htm" | "xhtml" => Some(Self::Page),
            "md" | "markdown" => Some(Self::Markdown),
            "csv" | "tsv" | "jsonl" | "ndjson" | "json" => Some(Self::Table),
            "txt" | "text" => None,
            _ if looks_like_a_page(&file.text) => Some(Self::Page),
            _ => looks_like_rows(&file.text).then_some(Self::Table),
        }
    }

    /// As sentences begin with it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Page => "Web pages",
            Self::Markdown => "Markdown",
            Self::Table => "A table of articles",
        }
    }
}

/// Objects of JSON, not prose in brackets.
fn looks_like_rows(text: &str) -> bool {
    let start: String = text.trim_start_matches('\u{feff}').chars().filter(|letter| !letter.is_ascii_whitespace()).take(2).collect();
    start == "{\"" || start == "[{"
}

fn looks_like_a_page(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// The encoding that a page says it is in, in its first kilobyte, as browsers look for it.
pub fn stated_encoding(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 1024;
    let head: String = bytes.iter().take(LOOKED_AT).map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    if !head.contains("<meta") {
        return None;
    }
    let (_, stated) = head.split_once("charset=")?;
    let stated = stated.trim_start_matches(['"', '\'', ' ']);
    let label: String = stated.chars().take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':')).collect();
    (!label.is_empty()).then_some(label)
}
