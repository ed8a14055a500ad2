//! Tagging, and the roles that ask for their fillers after it.

use std::rc::Rc;

use super::{records, say, steps};
use crate::edit::{Command, Frame, Place, Refusal, plan};
use crate::model::*;
use crate::session::{Moment, Notice, State, cursor, filling};
use crate::text::{Stretch, next_grapheme};

/// Tags what is in hand; while a role asks, a type that it takes fills it in the same step.
pub(super) fn tag(state: &mut State, type_id: TypeId, moment: &Moment) {
    let Some(stretch) = state.in_hand() else {
        return say(state, Notice::refused("Select some words first, or put the cursor on one with the arrow keys."));
    };
    state.seeking = None;
    let is_solid = |article: &std::rc::Rc<Article>| article.text.slice(stretch).is_some_and(crate::text::is_solid);
    if state.selection.is_none() && !state.open_article().is_some_and(is_solid) {
        return say(state, Notice::done("this is no word; select it to tag it all the same"));
    }
    let asking = state.filling.clone().filter(|filling| {
        let role = state
            .annotation(&filling.annotation)
            .and_then(|annotation| state.store.scheme().type_of(&annotation.type_id)?.role(&filling.role));
        role.is_some_and(|role| role.accepts.contains(&type_id))
    });
    let fills = asking.as_ref().map(|filling| (filling.annotation.clone(), filling.role.clone()));
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
    step_behind(state, stretch);
    match asking {
        Some(filling) => {
            state.focus = Some(filling.annotation.clone());
            ask_next(state, Some(&filling.role));
        }
        None => ask_next(state, None),
    }
}

/// Puts the cursor on the word behind what was tagged: there, as a rule, comes what is tagged next.
fn step_behind(state: &mut State, tagged: Stretch) {
    state.selection = None;
    if let Some(article) = state.open_article().cloned() {
        // Where selections are exact, the cursor goes by letters.
        let next = match state.exact {
            true => Stretch::new(tagged.end(), next_grapheme(&article.text, tagged.end())),
            false => cursor::solid(&article, &state.page, tagged, true),
        };
        state.cursor = next.or(Some(tagged));
    }
}

/// Notes what has the focus, for [`give_frame`].
pub(super) fn copy_frame(state: &mut State) {
    let Some(annotation) = state.focused().cloned() else {
        return say(state, Notice::refused("Choose the annotation whose frame to copy first (j, k)."));
    };
    state.clip = Some(Rc::new(Frame::of(&annotation)));
    say(state, Notice::done("frame copied"));
}

/// A selection is tagged with the copied frame; without one, the focused annotation takes what it says.
pub(super) fn give_frame(state: &mut State, moment: &Moment) {
    let Some(frame) = state.clip.clone() else {
        return say(state, Notice::refused("Copy a frame first: choose an annotation and press its key."));
    };
    let (selection, focus) = (state.selection.map(|selection| selection.stretch()), state.focus.clone());
    match (selection, focus, state.article.clone()) {
        (Some(stretch), _, Some(article)) => {
            let places = vec![Place { article, span: Span::single(stretch) }];
            records::run(state, &Command::TagAlike { frame, places, origin: OriginKind::Manual }, moment);
            step_behind(state, stretch);
            ask_next(state, None);
        }
        (None, Some(annotation), _) => records::run(state, &Command::GiveFrame { annotation, frame }, moment),
        _ => say(state, Notice::refused("Select words, or choose an annotation, to give the frame to.")),
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

/// Takes the last letter of a hint back; with none typed, the last filler of the role that asks.
pub(super) fn erase_hint(state: &mut State, moment: &Moment) {
    let Some(filling) = &mut state.filling else { return };
    if Rc::make_mut(filling).typed.pop().is_some() {
        return;
    }
    let (annotation, role) = (filling.annotation.clone(), filling.role.clone());
    let last = state.annotation(&annotation).and_then(|annotation| annotation.fillers(&role).last().cloned());
    if let Some(filler) = last {
        records::run(state, &Command::EmptyRole { annotation, role, filler }, moment);
    }
}

/// Asks for the first role of the focused annotation, or, while one asks, for the one behind it; whether it is filled or not.
pub(super) fn ask_any(state: &mut State) {
    let Some(annotation) = state.focused().cloned() else { return say(state, Notice::done(super::NOTHING_IN_HAND)) };
    let scheme = state.store.scheme().clone();
    let roles = scheme.type_of(&annotation.type_id).map_or(&[][..], |of| &of.roles);
    let asks = state.filling.as_ref().and_then(|filling| roles.iter().position(|role| role.id == filling.role));
    match roles.get(asks.map_or(0, |at| (at + 1) % roles.len())) {
        Some(role) => steps::ask_role(state, &annotation.id, role.id.clone()),
        None => say(state, Notice::done("this has no roles")),
    }
}
