//! Training JSONL: an article a line, with text, tokens, spans, frames and metadata.

mod line;
mod read;
mod write;

pub use line::{Annotated, FORMAT, Filled, Frame, Line, Meta, NameValue, Place, Somebody, VERSION};
pub use read::read;
pub use write::Training;

/// The JSON Schema of a line, generated from the types that write it.
#[cfg(not(target_arch = "wasm32"))]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Line).to_value()
}
