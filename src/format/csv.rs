//! Tables: articles, the fragments of spans, frames, and the entities that fill their roles.

mod cell;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::Csv;

/// What stands before an attribute's id in the heading of its column.
const ATTRIBUTE: &str = "attribute:";
/// What stands before a role's id in the heading of its column.
const ROLE: &str = "role:";
/// What stands before an entity's id among the fillers of a role; an annotation's id stands alone.
const ENTITY: &str = "entity:";
/// Between the fillers of a role. No id can hold it.
const BETWEEN: char = '|';
