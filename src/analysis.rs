//! What is computed from finished work; reads the store and changes nothing.

mod completeness;
mod frames;

pub use completeness::{Gap, gaps, is_filled};
pub use frames::{Attribution, StanceMark, attributions};
