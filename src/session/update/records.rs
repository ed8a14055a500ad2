//! Actions that change records.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{merging, pointer, refuse, saving, say, steps};
use crate::edit::{AnnotationStore, Cause, Command, Refusal, Transaction, plan};
use crate::model::*;
use crate::session::action::Edge;
use crate::session::words::past;
use crate::session::{Editing, Listing, Moment, Motion, Notice, SaveState, Seat, State, Storing, Unit, cursor};
use crate::text::Stretch;

/// Plans and does what the person wants; a refusal becomes a message.
pub(super) fn run(state: &mut State, command: &Command, moment: &Moment) {
    // What is made must be seen.
    if matches!(command, Command::Tag { .. } | Command::TagAlike { .. }) && state.hidden.contains(&state.annotator) {
        let annotator = state.annotator.clone();
        Rc::make_mut(&mut state.hidden).remove(&annotator);
    }
    let planned = plan(&state.store, &state.context(moment), command);
    carry_out(state, command, planned, moment);
}

/// The same for a key in a field, which is one step with the keys before it.
pub(super) fn type_in(state: &mut State, command: &Command, moment: &Moment) {
    let planned = plan(&state.store, &state.context(moment), command).map(|transaction| transaction.caused_by(Cause::Typing));
    carry_out(state, command, planned, moment);
}

fn carry_out(state: &mut State, command: &Command, planned: Result<Transaction, Refusal>, moment: &Moment) {
    match planned {
        Ok(transaction) => {
            let focus_after = lands_on(state, command, &transaction);
            let article = transaction.article.clone();
            if commit(state, transaction, moment) {
                if let Some(article) =
                    article.filter(|article| matches!(command, Command::AddArticles { .. }) && state.store.article(article).is_some())
                {
                    steps::open_article(state, article);
                }
                state.focus = focus_after;
            }
        }
        Err(Refusal::AlreadyTagged(id)) => {
            steps::focus(state, Some(id));
            say(state, Notice::done("tagged so already"));
        }
        Err(refusal @ Refusal::ArticlesHere) => {
            if let Command::AddArticles { articles } = command
                && let Some(first) = articles.first()
            {
                steps::open_article(state, first.id.clone());
            }
            refuse(state, refusal);
        }
        Err(Refusal::NothingToDo) => {}
        Err(refusal) => refuse(state, refusal),
    }
}

/// What has the focus after a command.
fn lands_on(state: &State, command: &Command, transaction: &Transaction) -> Option<AnnotationId> {
    let added =
        transaction.edits.iter().filter(|edit| edit.before().is_none()).find_map(|edit| Some(edit.after()?.as_annotation()?.id.clone()));
    match command {
        // Many at once, perhaps elsewhere: the person stays where they are.
        Command::TagAlike { origin: OriginKind::Propagated, .. } => state.focus.clone(),
        Command::Tag { .. } | Command::TagAlike { .. } | Command::CopyToMine { .. } => added.or_else(|| state.focus.clone()),
        Command::Delete { .. } => None,
        _ => state.focus.clone(),
    }
}

/// Applies a transaction of the person's, notes it for undo, and marks what must be stored.
fn commit(state: &mut State, transaction: Transaction, moment: &Moment) -> bool {
    if state.editing == Editing::InAnotherTab {
        saving::refuse_here(state);
        return false;
    }
    if !apply(state, &transaction, moment) {
        return false;
    }
    saving::count_step(state);
    if matches!(transaction.cause, Cause::User | Cause::Typing | Cause::Import | Cause::Resolve) {
        say(state, Notice::done(past(&transaction.label)));
        Rc::make_mut(&mut state.history).record(transaction);
    }
    true
}

pub(super) fn apply(state: &mut State, transaction: &Transaction, moment: &Moment) -> bool {
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

pub(super) fn changed_records(state: &mut State, changed: BTreeSet<RecordKey>) {
    saving::note(state, changed, Storing::Merge);
    merging::keep(state);
}

pub(super) fn open(state: &mut State, store: AnnotationStore, article: Option<ArticleId>, saved: bool) {
    state.history = Rc::default();
    state.aside = Rc::default();
    state.last_merge = None;
    steps::leave_article(state);
    state.hidden = Rc::default();
    state.listing = Listing::default();
    state.seat = Seat::default();
    state.visited = Rc::default();
    state.wanted = None;
    let catalogue = state.catalogue.clone();
    let mut listed = catalogue.listed().iter();
    // One whose text is not here is waited for.
    let is_away = |article: &&ArticleId| store.article(article).is_none() && catalogue.elsewhere().contains(*article);
    let listed = match article.as_ref().filter(is_away).cloned() {
        Some(away) => {
            state.wanted = Some(away);
            None
        }
        None => {
            let here = listed.clone().find(|article| store.article(article).is_some());
            if here.is_none() && article.is_none() {
                state.wanted = listed.find(is_away).cloned();
            }
            here
        }
    };
    state.article = article.filter(|article| store.article(article).is_some()).or_else(|| listed.cloned());
    state.visited = Rc::new(state.article.iter().cloned().collect());
    state.store = store;
    state.unsaved = Rc::default();
    if saved {
        state.revision += 1;
        state.saved_revision = Some(state.revision);
        state.save = SaveState::Unchanged;
    } else {
        let keys = state.store.all_records().map(|(key, _)| key).collect();
        saving::note(state, keys, Storing::Merge);
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

pub(super) fn go_to_step(state: &mut State, by: isize, moment: &Moment) {
    for _ in 0..by.unsigned_abs() {
        if by < 0 {
            undo(state, moment)
        } else {
            redo(state, moment)
        }
        if state.editing == Editing::InAnotherTab {
            break;
        }
    }
}

/// Applies a step of the history and goes to where it can be seen.
fn replay(state: &mut State, transaction: &Transaction, moment: &Moment) -> bool {
    if state.editing == Editing::InAnotherTab {
        saving::refuse_here(state);
        return false;
    }
    if !apply(state, transaction, moment) {
        return false;
    }
    saving::count_step(state);
    state.filling = None;
    if let Some(article) = transaction.article.clone().filter(|article| state.store.article(article).is_some()) {
        steps::open_article(state, article);
    }
    let touched = transaction.edits.iter().rev().find_map(|edit| Some(edit.after()?.as_annotation()?.id.clone()));
    let gone = || transaction.edits.iter().find_map(|edit| Some(edit.before()?.as_annotation()?.span()?.start()));
    match touched.as_ref().and_then(|id| state.annotation(id)).cloned() {
        Some(annotation) => steps::land(state, &annotation),
        None => {
            if touched.is_some() {
                steps::focus(state, touched);
            } else if let Some(offset) = gone() {
                steps::put_cursor(state, offset);
                state.scroll += 1;
            }
        }
    }
    true
}

pub(super) fn move_edge(state: &mut State, edge: Edge, by: Motion, moment: &Moment) {
    let (Some(annotation), Some(article)) = (state.focused().cloned(), state.open_article().cloned()) else {
        return say(state, Notice::done(super::NOTHING_IN_HAND));
    };
    let Some(span) = annotation.span() else { return };
    let by = if state.exact { Motion { unit: Unit::Grapheme, ..by } } else { by };
    let fragments = span.fragments();
    // Of several fragments, the one that the cursor is in, or else the outer edge.
    let under_cursor = state.cursor.and_then(|cursor| fragments.iter().position(|fragment| fragment.contains_stretch(cursor)));
    let at = under_cursor.unwrap_or(match edge {
        Edge::Start => 0,
        Edge::End => fragments.len() - 1,
    });
    let old = fragments[at];
    let from = match edge {
        Edge::Start => old.start(),
        Edge::End => old.end(),
    };
    let Some(to) = cursor::moved_edge(&article, &state.page, edge, from, by) else { return };
    let moved = match edge {
        Edge::Start => Stretch::new(to, old.end()),
        Edge::End => Stretch::new(old.start(), to),
    };
    match moved {
        Some(moved) => pointer::set_fragment(state, at, moved, moment),
        None => refuse(state, Refusal::NothingLeft),
    }
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
