//! WebAnno TSV 3.3, which INCEpTION reads and writes: a row a token, a column a feature.

mod escape;
mod header;
mod read;
mod refer;
mod rows;
mod write;

pub use read::read;
pub use write::WebAnno;
