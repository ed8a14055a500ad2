//! Which articles' records are in memory.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::steps;
use crate::model::*;
use crate::order::Gather;
use crate::session::State;

/// A project of up to this many articles is in memory as a whole; of a greater one, about as many at most.
pub const MOST_LOADED: usize = 100;
/// The articles opened last stay in memory, this many of them.
const LATEST: usize = 20;

/// The records of articles came into memory; the one that was wanted is opened.
pub(super) fn loaded(state: &mut State, articles: &[ArticleId], records: Vec<(RecordKey, Rc<Record>)>) {
    state.store = state.store.merge(records).0;
    state.catalogue = Rc::new(state.catalogue.loading(articles));
    if let Some(wanted) = state.wanted.clone().filter(|wanted| articles.contains(wanted)) {
        state.wanted = None;
        steps::open_article(state, wanted);
    }
}

/// The text of an article can't be had now: what was open stays, or else the first that is here.
pub(super) fn not_loaded(state: &mut State, article: &ArticleId) {
    state.wanted.take_if(|wanted| wanted == article);
    let first = state.catalogue.listed().iter().find(|article| state.store.article(article).is_some());
    if let Some(first) = first.filter(|_| state.open_article().is_none() && state.wanted.is_none()).cloned() {
        steps::open_article(state, first);
    }
}

/// Lets articles leave the memory that were not opened lately, can't be undone into, and have nothing left to store.
pub(super) fn tidy(state: &mut State) {
    if state.catalogue.loaded() <= MOST_LOADED || !state.unsaved.is_empty() {
        return;
    }
    let mut stay: BTreeSet<ArticleId> = state.visited.iter().rev().take(LATEST).cloned().gather();
    stay.extend(state.article.clone());
    stay.extend(state.histories().flat_map(|history| history.articles()));
    if let Some(point) = &state.last_merge {
        stay.extend(point.articles());
    }
    let leave: BTreeSet<ArticleId> = state.store.known_articles().filter(|article| !stay.contains(*article)).cloned().gather();
    state.store = state.store.unloading(&leave);
    state.catalogue = Rc::new(state.catalogue.unloading(&leave));
}
