//! One person at one desk: the state of a tab, the actions that change it, and what the screen shows of it.
//!
//! Pure: `update(&state, action, moment)` gives the next state; storage, the DOM and the clock belong to `browser`.

mod action;
mod articles;
mod assigning;
mod bringing;
mod catalogue;
mod comparing;
mod cursor;
mod damage;
mod dragging;
mod elsewhere;
mod exporting;
mod filling;
mod finding;
mod frame;
mod handing;
mod incoming;
mod initials;
mod intent;
mod keymap;
mod keys;
mod lists;
mod naming;
mod notice;
mod overview;
mod own_work;
mod page;
mod paper;
mod reading;
mod restoring;
mod scheming;
mod sharing;
mod sight;
mod state;
mod stepping;
mod tabling;
mod update;
mod words;

pub use action::{Action, Edge, Moment, Motion, Unit};
pub use articles::{ArticleItem, ArticleList, LayerItem, MorePages, PAGE_OF_ARTICLES, article_list, layer_items};
pub use assigning::{Assigning, Draft, DraftRow, Length, MOST_PEOPLE, Which, draft, invited, lengths};
pub use bringing::{Mapped, Row, SchemeChange, rows};
pub use catalogue::{Catalogue, Unloaded};
pub use comparing::{Agreement, Column, CompareCell, CompareRow, Comparing, Comparison, Verdict, comparison};
pub use cursor::{Selection, cursor_at};
pub use damage::damage;
pub use dragging::{Grip, Link, Overlay, Snapping, dragged, overlay};
pub use elsewhere::{Elsewhere, Missing};
pub use exporting::{Exporting, ORIGINS, STATUSES, Scope, Told, told, workers};
pub use filling::{Candidate, Filling, candidates};
pub use finding::{Findings, FoundIn, Given, Hit, LONGEST_QUERY, MOST_HITS, Search, Seed, Tally};
pub use frame::{AttributeKindView, AttributeView, Chip, EntityView, FrameView, OptionView, RoleView, VersionView, frame_view};
pub use handing::{
    Decided, FieldView, Handing, HeaderField, MOST_TEXTS, SchemeChoice, SchemeOption, Settled, TextView, scheme_options, unknown_to,
};
pub use incoming::{Brings, Choosing, Goal, Incoming, Taking, What, bring, by_outcome, frame as bring_frame, mapping as bring_mapping};
pub use intent::{Intent, IntentView, intent_view, intents};
pub use keymap::{Chord, KeyMap, bindable};
pub use keys::{KeyPress, chord_of, intent_of};
pub use lists::{ClaimRow, Lacking, ListItem, ListName, Lists, MORE_ROWS, PAGE_OF_ROWS, TodoItem};
pub use naming::{Choice, MentionView, Registered, Who, Why, mentions, register, who};
pub use notice::{Notice, Offer, Tone};
pub use overview::{ArticleBar, Evidence, MOST_BARS, MOST_DAYS, Matrix, MatrixRow, Progress, TeamRow, progress, stance_matrix, team};
pub use own_work::{OwnWork, own_work, own_work_name};
pub use page::{BlockView, Page, SegmentView};
pub use paper::{Sheet, sheet};
pub use reading::{Reading, TRAITS};
pub use restoring::{Effect, Restoring, Returning};
pub use scheming::{Uses, add_attribute, add_option, add_role, add_type, desk_intent, remove_type};
pub use sharing::{
    Arrival, Contents, Link as ShareLink, Reach, Shared, Sharing, Standing, Work, is_too_much, link as share_link, told as told_of_link,
};
pub use sight::{Listing, Seat, Sight};
pub use state::{Carrying, Dialog, Editing, REMIND_AFTER, Review, SaveState, Seeking, State, Storing, Unsaved};
pub use stepping::{StepItem, steps};
pub use tabling::{Completeness, FrameFilter, FrameOrder, FrameRow, StanceCell, frame_rows, stance_marks};
pub use update::{MOST_LOADED, update};
pub use words::{counted, grouped, quoted, shortened};
