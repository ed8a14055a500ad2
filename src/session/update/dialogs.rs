//! What lies over the page, one at a time.

use std::rc::Rc;

use crate::session::{Dialog, State};

/// Opens a dialog. A file that waits for a decision is never pushed aside: what comes after it waits its turn, or, being
/// no decision, does not open.
pub(super) fn open(state: &mut State, dialog: Dialog) {
    if !state.dialog.as_ref().is_some_and(Dialog::is_decision) {
        state.dialog = Some(dialog);
    } else if dialog.is_decision() {
        Rc::make_mut(&mut state.waiting).push(dialog);
    }
}

/// Closes the dialog; the next file that waits takes its place.
pub(super) fn close(state: &mut State) {
    state.dialog = (!state.waiting.is_empty()).then(|| Rc::make_mut(&mut state.waiting).remove(0));
}
