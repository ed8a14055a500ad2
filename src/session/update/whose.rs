//! Whose work is done at this desk, and whose is shown.

use std::rc::Rc;

use super::{records, saving, say, steps};
use crate::edit::{Command, plan};
use crate::model::*;
use crate::session::words::quoted;
use crate::session::{Editing, Moment, Notice, State, sight};

pub(super) fn set_annotator(state: &mut State, annotator: AnnotatorId, name: Option<String>, moment: &Moment) {
    state.annotator = annotator;
    state.focus = None;
    state.filling = None;
    if let Some(name) = name.as_deref().filter(|name| !name.is_empty())
        && let Some(names) = sight::assignees(state)
    {
        let text =
            format!("Nothing in this project is assigned to {}, but to {names}. If that is you, open it under that name.", quoted(name));
        say(state, Notice::refused(text));
    }
    let naming = name.and_then(|name| plan(&state.store, &state.context(moment), &Command::RenameAnnotator { name }).ok());
    if let Some(naming) = naming {
        records::apply(state, &naming, moment);
    }
}

/// Everything in hand is let go of; each annotator's steps are kept apart, so that undoing never changes another's work.
pub(super) fn work_as(state: &mut State, annotator: AnnotatorId, name: Option<String>, moment: &Moment) {
    if annotator == state.annotator {
        return;
    }
    if name.is_some() && state.editing == Editing::InAnotherTab {
        return saving::refuse_here(state);
    }
    let aside = Rc::make_mut(&mut state.aside);
    let theirs = aside.remove(&annotator).unwrap_or_default();
    let own = std::mem::replace(&mut state.history, theirs);
    aside.insert(state.annotator.clone(), own);
    Rc::make_mut(&mut state.hidden).remove(&annotator);
    (state.hover, state.selection, state.carried, state.seeking) = (None, None, None, None);
    set_annotator(state, annotator, name, moment);
    state.assigned = sight::assigned(state);
    steps::take_up_assigned(state);
    let name = state.annotator_name(&state.annotator);
    say(state, Notice::done(format!("working as {} now: undo takes back that annotator’s steps alone", quoted(&name))));
}

pub(super) fn show_work(state: &mut State, annotator: &AnnotatorId, annotation: &AnnotationId) {
    let Some(article) = state.article.clone() else { return };
    let Some(found) = state.store.annotation(&article, annotator, annotation).cloned() else { return };
    if state.hidden.contains(annotator) {
        Rc::make_mut(&mut state.hidden).remove(annotator);
    }
    steps::land(state, &found);
}
