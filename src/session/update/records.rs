//! Actions that change records.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{refuse, say, steps};
use crate::edit::{AnnotationStore, Cause, Command, Refusal, Transaction, plan};
use crate::model::*;
use crate::session::action::Edge;
use crate::session::{Moment, Motion, Notice, SaveState, Selection, State, Unit, cursor, filling};
use crate::text::Stretch;

/// Plans and does what the person wants; a refusal becomes a message.
pub(super) fn run(state: &mut State, command: &Command, moment: &Moment) {
    match plan(&state.store, &state.context(moment), command) {
        Ok(transaction) => {
            let focus_after = lands_on(state, command, &transaction);
            let article = transaction.article.clone();
            if commit(state, transaction, moment) {
                if let Some(article) = article.filter(|article| matches!(command, Command::AddArticles { .. }) && state.store.article(article).is_some()) {
                    steps::open_article(state, article);
                }
                state.focus = focus_after;
            }
        }
        Err(Refusal::AlreadyTagged(id)) => {
            steps::focus(state, Some(id));
            say(state, Notice::done("tagged so already"));
        }
        Err(Refusal::NothingToDo) => {}
        Err(refusal) => refuse(state, refusal),
    }
}

/// What has the focus after a command.
fn lands_on(state: &State, command: &Command, transaction: &Transaction) -> Option<AnnotationId> {
    let added = transaction.edits.iter().filter(|edit| edit.before().is_none()).find_map(|edit| Some(edit.after()?.as_annotation()?.id.clone()));
    match command {
        Command::Tag { .. } | Command::CopyToMine { .. } => added.or_else(|| state.focus.clone()),
        Command::Delete { .. } => None,
        _ => state.focus.clone(),
    }
}

/// Applies a transaction of the person's, notes it for undo, and marks what must be stored.
fn commit(state: &mut State, transaction: Transaction, moment: &Moment) -> bool {
    if !apply(state, &transaction, moment) {
        return false;
    }
    if matches!(transaction.cause, Cause::User | Cause::Import | Cause::Resolve) {
        say(state, Notice::done(transaction.label.clone()));
        Rc::make_mut(&mut state.history).record(transaction);
    }
    true
}

fn apply(state: &mut State, transaction: &Transaction, moment: &Moment) -> bool {
    let number = state.number.max(state.store.greatest_number()) + 1;
    let stamp = Stamp { replica: state.replica.clone(), number, now: moment.now.clone() };
    match state.store.apply(transaction, &stamp) {
        Ok((store, changed)) => {
            state.store = store;
            state.number = number;
            changed_records(state, changed);
            true
        }
        Err(error) => {
            refuse(state, format!("not done: {error}"));
            false
        }
    }
}

fn changed_records(state: &mut State, changed: BTreeSet<RecordKey>) {
    state.revision += 1;
    Rc::make_mut(&mut state.unsaved).extend(changed);
    state.save = SaveState::Saving;
    // Taking a merge back now would take this change along.
    state.before_merge = None;
    Rc::make_mut(&mut state.notices).retain(|notice| !notice.takes_back);
}

pub(super) fn open(state: &mut State, store: AnnotationStore, article: Option<ArticleId>, saved: bool) {
    state.history = Rc::default();
    state.before_merge = None;
    state.focus = None;
    state.filling = None;
    state.dialog = None;
    state.hidden = Rc::default();
    state.summaries = Rc::default();
    let keys: BTreeSet<RecordKey> = store.all_records().map(|(key, _)| key).collect();
    state.article = article.filter(|article| store.article(article).is_some()).or_else(|| store.article_ids().first().cloned());
    state.store = store;
    state.overwrite = false;
    state.revision += 1;
    if saved {
        state.unsaved = Rc::default();
        state.saved_revision = Some(state.revision);
        state.save = SaveState::Unchanged;
    } else {
        state.unsaved = Rc::new(keys);
        state.save = SaveState::Saving;
    }
}

pub(super) fn undo(state: &mut State, moment: &Moment) {
    let mut history = (*state.history).clone();
    let Some(inverse) = history.undo() else { return say(state, Notice::done("nothing to undo")) };
    let label = inverse.label.clone();
    if replay(state, &inverse, moment) {
        say(state, Notice::done(format!("undone: {label}")));
    } else {
        history.drop_undone();
    }
    state.history = Rc::new(history);
}

pub(super) fn redo(state: &mut State, moment: &Moment) {
    let mut history = (*state.history).clone();
    let Some(again) = history.redo() else { return say(state, Notice::done("nothing to redo")) };
    let label = again.label.clone();
    if replay(state, &again, moment) {
        say(state, Notice::done(format!("done again: {label}")));
    } else {
        history.drop_redone();
    }
    state.history = Rc::new(history);
}

/// Applies a step of the history and goes to where it can be seen.
fn replay(state: &mut State, transaction: &Transaction, moment: &Moment) -> bool {
    if !apply(state, transaction, moment) {
        return false;
    }
    state.filling = None;
    match transaction.article.clone() {
        Some(article) if state.store.article(&article).is_some() => steps::open_article(state, article),
        _ if state.open_article().is_none() => state.article = state.store.article_ids().first().cloned(),
        _ => {}
    }
    let touched = transaction.edits.iter().rev().find_map(|edit| Some(edit.after()?.as_annotation()?.id.clone()));
    if touched.is_some() {
        steps::focus(state, touched);
    }
    true
}

/// Tags what is in hand; while a role asks, a type that it takes fills it in the same step.
pub(super) fn tag(state: &mut State, type_id: TypeId, moment: &Moment) {
    let Some(stretch) = state.in_hand() else {
        return say(state, Notice::refused("Select some words first, or put the cursor on one with the arrow keys."));
    };
    let asking = state.filling.clone().filter(|filling| {
        let role = state.annotation(&filling.annotation).and_then(|annotation| state.store.scheme().type_of(&annotation.type_id)?.role(&filling.role));
        role.is_some_and(|role| role.accepts.contains(&type_id))
    });
    let fills = asking.as_ref().map(|filling| (filling.annotation.clone(), filling.role.clone()));
    let before = state.revision;
    run(state, &Command::Tag { type_id, span: Span::single(stretch), fills }, moment);
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
    run(state, &Command::FillRole { annotation: filling.annotation.clone(), role: filling.role.clone(), filler }, moment);
    if state.revision != before {
        ask_next(state, Some(&filling.role));
    }
}

/// `Enter` takes the nearest candidate; with nothing to take, the role stays open.
pub(super) fn fill_nearest(state: &mut State, moment: &Moment) {
    let nearest = state.filling.as_ref().and_then(|filling| filling.candidates.iter().find(|candidate| candidate.hint.starts_with(&filling.typed))).map(|candidate| candidate.filler.clone());
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

pub(super) fn move_edge(state: &mut State, edge: Edge, by: Motion, moment: &Moment) {
    let (Some(annotation), Some(article)) = (state.focused().cloned(), state.open_article().cloned()) else { return };
    let Some(span) = annotation.span() else { return };
    let by = if state.exact { Motion { unit: Unit::Grapheme, ..by } } else { by };
    let fragments = span.fragments();
    let at = match edge {
        Edge::Start => 0,
        Edge::End => fragments.len() - 1,
    };
    let old = fragments[at];
    let from = match edge {
        Edge::Start => old.start(),
        Edge::End => old.end(),
    };
    let Some(to) = cursor::moved_edge(&article, &state.page, from, by) else { return };
    let moved = match edge {
        Edge::Start => Stretch::new(to, old.end()),
        Edge::End => Stretch::new(old.start(), to),
    };
    let Some(moved) = moved else { return refuse(state, Refusal::NothingLeft) };
    let parts = fragments.iter().enumerate().map(|(index, fragment)| if index == at { moved } else { *fragment });
    let Some(span) = Span::covering(parts) else { return };
    run(state, &Command::SetSpan { annotation: annotation.id.clone(), span }, moment);
}

/// Adds the selection to the focused annotation, or cuts it out.
pub(super) fn fragment(state: &mut State, moment: &Moment, command: impl Fn(AnnotationId, Stretch) -> Command) {
    let (Some(annotation), Some(stretch)) = (state.focus.clone(), state.in_hand()) else {
        return say(state, Notice::refused("Choose an annotation first (j, k), then select the words to add or to take off."));
    };
    let before = state.revision;
    run(state, &command(annotation, stretch), moment);
    if state.revision != before {
        state.selection = None;
    }
}

pub(super) fn merge(state: &mut State, incoming: &AnnotationStore, notice: Option<Rc<str>>) {
    let before = Rc::new(state.store.clone());
    let (store, changed) = state.store.merge(incoming.all_records().map(|(key, record)| (key, record.clone())));
    if changed.is_empty() {
        return say(state, Notice::done("nothing new in it"));
    }
    state.store = store;
    if state.open_article().is_none() {
        state.article = state.store.article_ids().first().cloned();
    }
    changed_records(state, changed);
    if let Some(text) = notice {
        state.before_merge = Some(before);
        say(state, Notice { takes_back: true, ..Notice::done(text) });
    }
}

/// Puts the project back as it was before the last merge. No tombstones: the next merge of the same file brings it again.
pub(super) fn take_back(state: &mut State) {
    let Some(before) = state.before_merge.clone() else { return };
    let now: Vec<(RecordKey, Rc<Record>)> = state.store.all_records().map(|(key, record)| (key, record.clone())).collect();
    let changed = now.into_iter().filter(|(key, record)| before.record(key) != Some(record)).map(|(key, _)| key).collect();
    state.store = (*before).clone();
    changed_records(state, changed);
    state.overwrite = true;
    if state.open_article().is_none() {
        state.article = state.store.article_ids().first().cloned();
    }
    say(state, Notice::done("taken back: the project is as it was before"));
}

/// What another tab stored: merged, and already safe.
pub(super) fn arrived(state: &mut State, arrived: Vec<(RecordKey, Rc<Record>)>) {
    let (store, changed) = state.store.merge(arrived);
    if changed.is_empty() {
        return;
    }
    let all_saved = state.saved_revision == Some(state.revision);
    state.store = store;
    state.revision += 1;
    if all_saved {
        state.saved_revision = Some(state.revision);
    }
    if state.open_article().is_none() {
        state.article = state.store.article_ids().first().cloned();
    }
}

/// A selection that stands for `stretch` alone.
pub(super) fn selection_of(stretch: Stretch) -> Selection {
    Selection::at(stretch)
}
