//! What is computed from finished work; reads the store and changes nothing.

mod assigning;
mod card;
mod comparing;
mod completeness;
mod crossings;
mod frames;
mod likeness;
mod meeting;
mod outline;

pub use assigning::{Parting, parted};
pub use card::{Card, Work};
pub use comparing::{Aligned, Difference, MOST_OPEN, compared};
pub use completeness::{Gap, is_filled};
pub use frames::{Attribution, StanceMark, attribution, names_meaning, stance_mark};
pub use likeness::{Like, Likeness, runs};
pub use meeting::{Met, met};
pub use outline::{Outline, Unfinished};
