//! Label Studio's tasks, in and out, with the labelling configuration that they need there.

mod config;
mod declared;
mod read;
mod write;

pub use read::read;
pub use write::LabelStudio;
