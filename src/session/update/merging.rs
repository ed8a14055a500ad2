//! What comes from other copies: files, links and tabs.

use std::rc::Rc;

use super::{records, say};
use crate::edit::AnnotationStore;
use crate::model::*;
use crate::session::{Notice, State};

pub(super) fn merge(state: &mut State, incoming: &AnnotationStore, notice: Option<Rc<str>>) {
    let before = Rc::new(state.store.clone());
    let (store, changed) = state.store.merge_copy(incoming);
    if changed.is_empty() {
        return say(state, Notice::done("nothing new in it"));
    }
    state.store = store;
    records::changed_records(state, changed);
    if let Some(text) = notice {
        state.before_merge = Some(before);
        say(state, Notice { takes_back: true, ..Notice::done(text) });
    }
}

/// Puts the project back as it was before the last merge. No tombstones: the next merge of the same file brings it again.
pub(super) fn take_back(state: &mut State) {
    let Some(before) = state.before_merge.clone() else { return };
    let changed = state.store.all_records().filter(|(key, record)| before.record(key) != Some(*record)).map(|(key, _)| key).collect();
    state.store = (*before).clone();
    records::changed_records(state, changed);
    state.overwrite = true;
    say(state, Notice::done("taken back: the project is as it was before"));
}

/// What another tab stored: merged, and already safe.
pub(super) fn arrived(state: &mut State, arrived: Vec<(RecordKey, Rc<Record>)>) {
    let (store, changed) = state.store.merge(arrived);
    if changed.is_empty() {
        return;
    }
    keep(state);
    let all_saved = state.saved_revision == Some(state.revision);
    state.store = store;
    state.revision += 1;
    if all_saved {
        state.saved_revision = Some(state.revision);
    }
}

/// Makes the last merge final: taking it back now would take along what came after it.
pub(super) fn keep(state: &mut State) {
    state.before_merge = None;
    Rc::make_mut(&mut state.notices).retain(|notice| !notice.takes_back);
}
