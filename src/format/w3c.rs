//! The Web Annotation Data Model (W3C Recommendation of 23 February 2017) in JSON-LD: a text, and beside it a page of annotations.

mod body;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::W3c;

/// What our own ids begin with, where the model asks for an IRI.
const URN: &str = "urn:standpoint:";
/// What stands before the item in Wikidata's IRIs of entities.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";
/// What the stem of the file with the links ends with.
const LINKS: &str = ".links";
