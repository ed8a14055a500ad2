//! Tagging, and the roles that ask for their fillers after it.

use std::rc::Rc;

use super::{records, say, steps};
use crate::edit::{Command, Refusal, plan};
use crate::model::*;
use crate::session::{Moment, Notice, State, cursor, filling};

/// Tags what is in hand; while a role asks, a type that it takes fills it in the same step.
pub(super) fn tag(state: &mut State, type_id: TypeId, moment: &Moment) {
    let Some(stretch) = state.in_hand() else {
        return say(state, Notice::refused("Select some words first, or put the cursor on one with the arrow keys."));
    };
    let asking = state.filling.clone().filter(|filling| {
        let role = state
            .annotation(&filling.annotation)
            .and_then(|annotation| state.store.scheme().type_of(&annotation.type_id)?.role(&filling.role));
        role.is_some_and(|role| role.accepts.contains(&type_id))
    });
    let fills = asking.as_ref().map(|filling| (filling.annotation.clone(), filling.role.clone()));
    // What is made must be seen.
    if state.hidden.contains(&state.annotator) {
        let annotator = state.annotator.clone();
        Rc::make_mut(&mut state.hidden).remove(&annotator);
    }
    let command = Command::Tag { type_id, span: Span::single(stretch), fills };
    if let (Some(_), Err(Refusal::AlreadyTagged(there))) = (&asking, plan(&state.store, &state.context(moment), &command)) {
        // The words asked for are tagged so already: they are the filler.
        state.selection = None;
        return fill(state, Filler::Annotation(there), moment);
    }
    let before = state.revision;
    records::run(state, &command, moment);
    if state.revision == before {
        return;
    }
    state.selection = None;
    if let (Some(article), Some(last)) = (state.open_article().cloned(), stretch.end().get().checked_sub(1)) {
        state.cursor = cursor::cursor_at(&article, &state.page, crate::text::Offset::new(last)).or(Some(stretch));
    }
    match asking {
        Some(filling) => {
            state.focus = Some(filling.annotation.clone());
            ask_next(state, Some(&filling.role));
        }
        None => ask_next(state, None),
    }
}

/// Lets the next empty role of the focused annotation ask, if one is left.
fn ask_next(state: &mut State, after: Option<&RoleId>) {
    state.filling = None;
    let Some(annotation) = state.focused().cloned() else { return };
    if let Some(role) = filling::next_role(state, &annotation, after) {
        steps::ask_role(state, &annotation.id, role);
    }
}

pub(super) fn fill(state: &mut State, filler: Filler, moment: &Moment) {
    let Some(filling) = state.filling.clone() else { return };
    let before = state.revision;
    records::run(state, &Command::FillRole { annotation: filling.annotation.clone(), role: filling.role.clone(), filler }, moment);
    if state.revision != before {
        ask_next(state, Some(&filling.role));
    }
}

/// `Enter` takes the nearest candidate; with nothing to take, the role stays open.
pub(super) fn fill_nearest(state: &mut State, moment: &Moment) {
    let nearest = state
        .filling
        .as_ref()
        .and_then(|filling| filling.candidates.iter().find(|candidate| candidate.hint.starts_with(&filling.typed)))
        .map(|candidate| candidate.filler.clone());
    match nearest {
        Some(filler) => fill(state, filler, moment),
        None => say(state, Notice::refused("Nothing here can fill this role: select words and tag them, or press Esc.")),
    }
}

pub(super) fn hint(state: &mut State, letter: char, moment: &Moment) {
    let Some(filling) = state.filling.clone() else { return };
    let typed = format!("{}{letter}", filling.typed);
    if let Some(candidate) = filling.candidates.iter().find(|candidate| *candidate.hint == *typed) {
        return fill(state, candidate.filler.clone(), moment);
    }
    if filling.candidates.iter().any(|candidate| candidate.hint.starts_with(&typed)) {
        state.filling = Some(Rc::new(filling::Filling { typed, ..(*filling).clone() }));
    } else {
        state.filling = Some(Rc::new(filling::Filling { typed: String::new(), ..(*filling).clone() }));
        say(state, Notice::done(format!("no filler has the hint “{typed}”")));
    }
}

/// Takes the last letter of a hint back.
pub(super) fn erase_hint(state: &mut State) {
    if let Some(filling) = &mut state.filling {
        Rc::make_mut(filling).typed.pop();
    }
}
