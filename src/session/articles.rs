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
    let items = state.store.articles().map(|article| {
        let summary = state.summaries.get(&article.id).cloned().unwrap_or_default();
        ArticleItem {
            id: article.id.clone(),
            label: article.label().into(),
            publisher: article.metadata.publisher.clone(),
            status: state.store.status(&article.id, &state.annotator),
            claims: summary.claims,
            annotations: summary.annotations,
            others: summary.by.values().sum::<usize>() - summary.annotations,
            unfinished: summary.unfinished,
            finished: summary.finished,
            open: state.article.as_ref() == Some(&article.id),
        }
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
    let at_work: BTreeSet<&AnnotatorId> = state.summaries.values().flat_map(|summary| summary.by.keys()).collect();
    // Those with a name in the project's order, then those without.
    let named = state.store.annotators().map(|annotator| &annotator.id).filter(|annotator| at_work.contains(annotator));
    for annotator in named.chain(at_work.iter().copied()) {
        if !annotators.contains(annotator) {
            annotators.push(annotator.clone());
        }
    }
    let here = state.article.as_ref().and_then(|article| state.summaries.get(article));
    annotators
        .into_iter()
        .map(|annotator| LayerItem {
            name: state.annotator_name(&annotator).into(),
            here: here.and_then(|summary| summary.by.get(&annotator)).copied().unwrap_or(0),
            own: annotator == state.annotator,
            shown: !state.hidden.contains(&annotator),
            annotator,
        })
        .collect()
}
