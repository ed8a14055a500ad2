//! Copies of the project that come in: what they contradict is asked about first.

use std::rc::Rc;

use super::{dialogs, merging, refuse, saving, say, steps};
use crate::edit::{Cause, Transaction, check, clashes, harmless, settling};
use crate::model::{Annotation, Content};
use crate::session::handing::{conflicts, told};
use crate::session::{Decided, Dialog, Editing, Handing, Moment, Notice, Offer, State, counted};

/// Merges copies as one, which can be taken back as one; every road by which a copy comes ends here.
///
/// What they contradict is judged by what is here now: where the person has decided on something else, they are asked again.
pub(super) fn hand_in(state: &mut State, handing: &Handing, decided: Option<Decided>, moment: &Moment) {
    if state.editing == Editing::InAnotherTab {
        return saving::refuse_here(state);
    }
    let judged = Handing { clashes: clashes(&state.store, &handing.copies), ..handing.clone() };
    let is_seen = judged.clashes == handing.clashes;
    match decided.filter(|decided| is_seen && judged.settled(decided).is_some()) {
        Some(decided) => merge(state, &judged, &decided, moment),
        None if judged.clashes.is_empty() => merge(state, &judged, &Decided::default(), moment),
        None => dialogs::open(state, Dialog::Clashes(Rc::new(judged))),
    }
}

fn merge(state: &mut State, handing: &Handing, decided: &Decided, moment: &Moment) {
    let settled = handing.settled(decided).unwrap_or_default();
    if let Some(Err(why)) = settled.scheme.as_deref().map(check) {
        return refuse(state, format!("not merged: {why}"));
    }
    let before = state.store.clone();
    let incoming = harmless(&before, &handing.copies, &handing.clashes.texts, &decided.own);
    let (mut store, mut changed) = before.merge_copy(&incoming);
    let contents = settled.scheme.map(Content::Scheme).into_iter().chain(settled.header.map(Content::Project));
    let edits: Vec<_> = contents.filter_map(|content| settling(&store, content)).collect();
    if !edits.is_empty() {
        let transaction = Transaction { cause: Cause::Resolve, label: "settle what copies contradict".into(), article: None, edits };
        match merging::applied(state, &store, &transaction, moment) {
            Ok((with_them, keys)) => {
                store = with_them;
                changed.extend(keys);
            }
            Err(error) => return refuse(state, format!("not merged: {error}")),
        }
    }
    let is_new = !changed.is_empty();
    let more = told(&before, &store, &changed, &incoming, handing);
    merging::take_in(state, store, changed, Some(handing.label.clone()), &more, moment);
    let (contested, of_project) = conflicts(&state.store);
    let count = contested.len() + of_project;
    if is_new && count > 0 {
        let what = format!("{} to decide: copies say different things, and both are kept.", counted(count, "conflict"));
        say(state, Notice::done(what).offering(Offer::Conflict));
    }
    if let Some(article) = handing.open.clone() {
        steps::open_article(state, article);
    }
}

/// Focuses the next annotation that copies disagree on, in the order of the articles; behind the last comes what they say of the
/// project, and then the first again.
pub(super) fn next_conflict(state: &mut State) {
    let (contested, of_project) = conflicts(&state.store);
    let is_focused = |annotation: &&Annotation| {
        state.article.as_ref() == Some(&annotation.article) && state.focused().is_some_and(|focused| focused.key() == annotation.key())
    };
    let at = contested.iter().position(is_focused);
    let next = contested.get(at.map_or(0, |at| at + 1));
    let next = next.or(contested.first().filter(|_| of_project == 0)).map(|annotation| (*annotation).clone());
    match next {
        Some(annotation) => {
            steps::open_article(state, annotation.article.clone());
            state.hidden = Rc::new(state.hidden.iter().filter(|annotator| **annotator != annotation.annotator).cloned().collect());
            steps::land(state, &annotation);
        }
        None if of_project > 0 => {
            let found = clashes(&state.store, &[]);
            let handing = Handing { clashes: found, ..Handing::new(Vec::new(), "What copies say of the project was settled.") };
            dialogs::open(state, Dialog::Clashes(Rc::new(handing)));
        }
        None => {
            Rc::make_mut(&mut state.notices).retain(|notice| notice.offer != Some(Offer::Conflict));
            say(state, Notice::done("nothing that copies disagree on"));
        }
    }
}
