//! What still has to be stored, and what the person is told of it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::say;
use crate::model::RecordKey;
use crate::session::{Editing, Notice, Offer, SaveState, State, Storing, Unsaved};

/// Counts a change of `changed`, which the stores have to hear of.
pub(super) fn note(state: &mut State, changed: BTreeSet<RecordKey>, how: Storing) {
    state.revision += 1;
    let revision = state.revision;
    let unsaved = Rc::make_mut(&mut state.unsaved);
    for key in changed {
        let how = match unsaved.get(&key) {
            // What was taken back must not come again by a later change of the same record.
            Some(Unsaved { how: Storing::Replace, .. }) => Storing::Replace,
            _ => how,
        };
        unsaved.insert(key, Unsaved { revision, how });
    }
    state.save = SaveState::Saving;
}

/// Everything up to `revision` is stored.
pub(super) fn saved(state: &mut State, revision: u64, save: SaveState) {
    Rc::make_mut(&mut state.unsaved).retain(|_, unsaved| unsaved.revision > revision);
    let stored = if state.unsaved.is_empty() { state.revision } else { revision };
    state.saved_revision = Some(state.saved_revision.map_or(stored, |before| before.max(stored)));
    if state.unsaved.is_empty() {
        state.save = save;
    }
}

/// A step of the person's own work; reminds of exporting when there are many of them.
pub(super) fn count_step(state: &mut State) {
    state.unexported += 1;
    if state.remind_after > 0 && state.unexported.is_multiple_of(state.remind_after) {
        let text = format!("{} changes since this project was last exported. A file of your own outlives this browser.", state.unexported);
        say(state, Notice::done(text).offering(Offer::Export));
    }
}

pub(super) fn edit(state: &mut State, editing: Editing) {
    if state.editing == editing {
        return;
    }
    state.editing = editing;
    Rc::make_mut(&mut state.notices).retain(|notice| notice.offer != Some(Offer::TakeOver));
    match editing {
        Editing::Here => say(state, Notice::done("this tab edits now")),
        Editing::InAnotherTab => {
            state.filling = None;
            say(
                state,
                Notice::refused(
                    "Another tab edits here. This browser denies the page its database, so that only one tab at a time can save safely.",
                )
                .offering(Offer::TakeOver),
            );
        }
    }
}

/// Says why nothing can be changed in this tab.
pub(super) fn refuse_here(state: &mut State) {
    say(state, Notice::refused("Not done: another tab edits, and this one only reads.").offering(Offer::TakeOver));
}
