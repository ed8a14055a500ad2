//! What is computed from finished work; reads the store and changes nothing.

mod card;
mod completeness;
mod crossings;
mod frames;
mod outline;

pub use card::{Card, Work};
pub use completeness::{Gap, is_filled};
pub use frames::{Attribution, StanceMark, attribution};
pub use outline::{Outline, Unfinished};
