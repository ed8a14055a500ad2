//! What leaves the program and what comes back: the project file, plain text, backups, and what storage holds.
//!
//! Only here do serialised types live, so that renaming a field of `model` can't break saved work. Everything read is
//! untrusted: a reader reports every problem with its place, keeps what is sound, and never panics.

pub mod archive;
pub mod articles;
pub mod backup;
pub mod brat;
pub mod citron;
pub mod conll;
pub mod csv;
pub mod describe;
pub mod doccano;
pub mod exchange;
pub mod formats;
pub mod labelstudio;
pub mod links;
pub mod markdown;
pub mod native;
pub mod package;
pub mod plain;
pub mod prodigy;
pub mod recognise;
pub mod semeval;
pub mod share;
pub mod stored;
pub mod training;
pub mod uima;
pub mod w3c;
pub mod webanno;
