//! What all exchange formats share: units of offsets, what a foreign file says and what becomes of it, what writers see of
//! a project, and what is lost on the way out.

mod anchoring;
mod bare;
mod counts;
mod foreign;
mod frame;
mod json;
mod loss;
mod mapping;
mod out;
mod people;
mod project;
mod sheet;
mod tokens;
mod trouble;
mod unit;
#[cfg(test)]
pub mod worked;

pub use anchoring::{Anchored, anchor};
pub use bare::{Bare, Fillers};
pub use counts::Counts;
pub use foreign::{CONTINUES, End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Labels, Piece, Source, Tally, Within};
pub use frame::{Frame, Versions, Whose};
pub use json::{Array, Known, Maybe, lines};
pub use loss::{Loss, Losses};
pub use mapping::{As, ForeignValue, Mapping, Wish, Wishes};
pub use out::{Out, Writer, file_name};
pub use people::{Layer, Names, layers, whose_folders};
pub use project::{Bringing, Brought, bring};
pub use sheet::{Mark, Part, Pick, Sheet, Sheets, Target, role_is};
pub use tokens::{Covered, Tokens};
pub use trouble::{Done, Place, Spot, Trouble, Troubles};
pub use unit::Unit;
