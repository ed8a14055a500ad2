use std::collections::BTreeSet;
use std::rc::Rc;

use super::State;
use crate::model::*;

/// An article in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleItem {
    pub id: ArticleId,
    pub label: Rc<str>,
    pub publisher: Option<Rc<str>>,
    pub status: Status,
    pub claims: usize,
    pub annotations: usize,
    /// Annotations of other annotators.
    pub others: usize,
    pub unfinished: usize,
    pub finished: usize,
    pub open: bool,
}

/// An annotator whose work the open project holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerItem {
    pub annotator: AnnotatorId,
    pub name: Rc<str>,
    /// Annotations in the open article.
    pub here: usize,
    pub own: bool,
    pub shown: bool,
}

/// The articles whose label or publisher holds `filter`, in any case.
pub fn article_items(state: &State, filter: &str) -> Vec<ArticleItem> {
    let filter = filter.trim().to_lowercase();
    let items = state.catalogue.listed().iter().filter_map(|article| {
        let card = state.catalogue.card(article)?;
        let own = card.work_of(&state.annotator);
        Some(ArticleItem {
            id: article.clone(),
            label: card.label.clone(),
            publisher: card.publisher.clone(),
            status: own.status,
            claims: own.claims,
            annotations: own.annotations,
            others: card.work.values().map(|work| work.annotations).sum::<usize>() - own.annotations,
            unfinished: own.unfinished,
            finished: own.finished,
            open: state.article.as_ref() == Some(article),
        })
    });
    items
        .filter(|item| {
            filter.is_empty()
                || item.label.to_lowercase().contains(&filter)
                || item.publisher.as_ref().is_some_and(|publisher| publisher.to_lowercase().contains(&filter))
        })
        .collect()
}

/// One's own layer first, then those of the other annotators who have done something in this project.
pub fn layer_items(state: &State) -> Vec<LayerItem> {
    let mut annotators: Vec<AnnotatorId> = vec![state.annotator.clone()];
    let at_work: BTreeSet<&AnnotatorId> = state
        .catalogue
        .cards()
        .flat_map(|card| card.work.iter())
        .filter(|(_, work)| work.annotations > 0)
        .map(|(annotator, _)| annotator)
        .collect();
    // Those with a name in the project's order, then those without.
    let named = state.store.annotators().map(|annotator| &annotator.id).filter(|annotator| at_work.contains(annotator));
    for annotator in named.chain(at_work.iter().copied()) {
        if !annotators.contains(annotator) {
            annotators.push(annotator.clone());
        }
    }
    let here = state.article.as_ref().and_then(|article| state.catalogue.card(article));
    annotators
        .into_iter()
        .map(|annotator| LayerItem {
            name: state.annotator_name(&annotator).into(),
            here: here.map_or(0, |card| card.work_of(&annotator).annotations),
            own: annotator == state.annotator,
            shown: !state.hidden.contains(&annotator),
            annotator,
        })
        .collect()
}
