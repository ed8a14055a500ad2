//! How a project changes: the store and its indices, transactions with inverses, commands and their plan, undo, merging,
//! and the segments that the text is drawn in.

mod apply;
mod clash;
mod command;
mod copy;
mod fresh;
mod handing;
mod history;
mod hosted;
mod layers;
mod merge;
mod plan;
mod plan_assigning;
mod plan_entities;
mod plan_frames;
mod plan_roles;
mod plan_schemes;
mod restore;
mod segments;
mod sorted;
mod store;
mod transaction;

pub use apply::ApplyError;
pub use clash::{
    Clashes, Differing, HandIn, Joined, Stated, TextClash, Whose, another_text_of, clashes, harmless, joined_schemes, knows, own_stem,
    settling,
};
pub use command::{Assignee, Command, Context, Refusal, Share};
pub use copy::title_of_copy;
pub use fresh::Fresh;
pub use history::{History, STEPS, Step};
pub use layers::{ArticleLayers, Referrer, begins_before};
pub use merge::merge_records;
pub use plan::plan;
pub use plan_entities::{Mention, Portrait};
pub use plan_frames::{Frame, Place};
pub use plan_schemes::{Fate, check};
pub use restore::{Change, RestorePoint, TakenBack};
pub use segments::{Lane, MAX_LANE, Segment, blocks_touched, lanes, segments};
pub use sorted::{Changed, Iter, Sorted, Sorts};
pub use store::AnnotationStore;
pub use transaction::{Cause, Edit, Scope, Transaction};
