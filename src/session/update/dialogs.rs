//! What lies over the page, one at a time.

use std::rc::Rc;

use crate::session::{Dialog, State};

/// Opens a dialog. A file that waits for a decision is never pushed aside: what comes after it waits its turn, or, being
/// no decision, does not open.
pub(super) fn open(state: &mut State, dialog: Dialog) {
    match (&state.dialog, dialog) {
        (Some(Dialog::Review(_)), Dialog::Review(next)) => Rc::make_mut(&mut state.waiting).push(next),
        (Some(Dialog::Review(_)), _) => {}
        (_, dialog) => state.dialog = Some(dialog),
    }
}

/// Closes the dialog; the next file that waits takes its place.
pub(super) fn close(state: &mut State) {
    let next = (!state.waiting.is_empty()).then(|| Rc::make_mut(&mut state.waiting).remove(0));
    state.dialog = next.map(Dialog::Review);
}
