//! What leaves the program and what comes back: the project file, plain text, backups, and what storage holds.
//!
//! Only here do serialised types live, so that renaming a field of `model` can't break saved work. Everything read is
//! untrusted: a reader reports every problem with its place, keeps what is sound, and never panics.

pub mod backup;
mod links;
pub mod markdown;
pub mod native;
pub mod plain;
pub mod stored;
