//! Whether work that the page calls saved outlives the browser's death: real browsers are started, worked in, and killed.
//!
//! A [`Story`] has a profile and a server of its own, over the lives of many browsers. What is done in the page is drawn at
//! random ([`Deed`]); the page's own export, read in the same task as each edit, says what the edit wrote, and
//! `data-saved-revision` what of it is promised. After each end, the [`Ledger`] compares what a new browser finds.
//!
//! - **Invariant:** nothing here sleeps in order to be right. [`until`] polls a condition; the pauses before a browser is
//!   killed are what is tested, and their length is drawn.
//! - **Invariant:** only processes of the groups that were started here are ever killed, and none of them outlives its story.
//!
//! Environment: `STANDPOINT_SEED`, `STANDPOINT_ROUNDS` and `STANDPOINT_FAULT` ([`settings`]), `STANDPOINT_DIST` (the built page; by default
//! `dist/` of the repository), `CHROMIUM` and `FIREFOX` (binaries, else found on `PATH`).

mod browser;
mod chord;
mod chromium;
mod disk;
mod driver;
mod figures;
mod firefox;
mod group;
mod hand;
mod ledger;
mod page;
mod random;
mod record;
pub mod settings;
#[path = "../../e2e/src/site.rs"]
mod site;
mod story;
#[path = "../../e2e/src/until.rs"]
mod waiting;
mod wire;

pub use browser::{Browser, End, Make, Tab};
pub use chord::Chord;
pub use figures::{Figures, Tally};
pub use hand::Deed;
pub use ledger::{Belief, Ledger};
pub use page::{Look, Made, Page, Saving};
pub use random::Random;
pub use record::Version;
pub use site::Site;
pub use story::Story;
pub use waiting::{Seen, until};
