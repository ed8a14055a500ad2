//! What a pointer lets go of: edges, and what fills roles.

use super::{records, refuse, roles};
use crate::edit::{Command, Refusal};
use crate::model::{RoleId, Span};
use crate::session::action::Edge;
use crate::session::{Grip, Moment, Selection, Snapping, State, cursor, dragged};
use crate::text::{Offset, Stretch};

/// The edge lies at `to` now; roles and all else that is said of the annotation stay.
pub(super) fn drop_edge(state: &mut State, grip: Grip, edge: Edge, to: Offset, snapping: Snapping, moment: &Moment) {
    let Some(moved) = dragged(state, grip, edge, to, snapping) else { return refuse(state, Refusal::NothingLeft) };
    match grip {
        Grip::Selection => select_exactly(state, moved),
        Grip::Fragment(at) => set_fragment(state, at, moved, moment),
    }
}

/// The focused annotation with another stretch for one of its fragments; those that meet become one.
pub(super) fn set_fragment(state: &mut State, at: usize, moved: Stretch, moment: &Moment) {
    let Some(annotation) = state.focused().cloned() else { return };
    let Some(span) = annotation.span() else { return };
    let parts = span.fragments().iter().enumerate().map(|(index, fragment)| if index == at { moved } else { *fragment });
    if let Some(span) = Span::covering(parts) {
        records::run(state, &Command::SetSpan { annotation: annotation.id.clone(), span }, moment);
    }
}

/// Selects these letters, snapped or not.
pub(super) fn select_exactly(state: &mut State, stretch: Stretch) {
    let Some(article) = state.open_article().cloned() else { return };
    state.selection = Selection::over(&article, &state.page, stretch, true);
    state.cursor = cursor::cursor_at(&article, &state.page, stretch.start());
}

/// What is carried fills a role of the focused annotation.
pub(super) fn drop_into(state: &mut State, role: RoleId, moment: &Moment) {
    let (Some(filler), Some(annotation)) = (state.carried.take(), state.focus.clone()) else { return };
    let was_asking = state.filling.as_ref().is_some_and(|filling| filling.role == role && filling.annotation == annotation);
    if was_asking {
        return roles::fill(state, filler, moment);
    }
    records::run(state, &Command::FillRole { annotation, role, filler }, moment);
}
