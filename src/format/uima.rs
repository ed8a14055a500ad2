//! UIMA's common analysis structure as JSON (CAS JSON 0.4.0), which dkpro-cassis and INCEpTION read, in and out.

mod cas;
pub(super) mod entities;
mod kinds;
pub(super) mod layers;
mod read;
pub(super) mod relations;
pub(super) mod strings;
mod typesystem;
mod write;

pub(super) use read::owner;
pub use read::read;
pub(super) use typesystem::typesystem_xml;
pub use write::CasJson;
pub(super) use write::string_features;
