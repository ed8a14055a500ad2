//! brat's standoff files, in and out.

mod conf;
mod read;
mod write;

pub use read::read;
pub use write::Brat;
