use std::collections::BTreeSet;
use std::rc::Rc;

use super::State;
use crate::model::*;
use crate::order::Gather;

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
    /// The name, of oneself as such.
    pub called: Rc<str>,
    /// What marks another's work in the text.
    pub mark: Option<Rc<str>>,
    /// Annotations in the open article.
    pub here: usize,
    pub own: bool,
    pub shown: bool,
}

/// The part of the list of articles that is drawn: a page of a long one, with the open article on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleList {
    /// How many fit the filter and stand before those drawn.
    pub before: usize,
    pub items: Vec<ArticleItem>,
    /// How many stand after them.
    pub after: usize,
}

/// How many further pages are drawn on either side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MorePages {
    pub earlier: usize,
    pub later: usize,
}

/// Articles drawn at a time: more would cost more than anybody reads.
pub const PAGE_OF_ARTICLES: usize = 200;

/// The articles whose label or publisher holds `filter`, in any case.
pub fn article_list(state: &State, filter: &str, more: MorePages) -> ArticleList {
    let filter = filter.trim().to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&filter);
    let listed = state.listed();
    let found: Vec<&ArticleId> = if filter.is_empty() {
        listed.iter().collect()
    } else {
        let fits = |article: &&ArticleId| {
            let card = state.catalogue.card(article);
            card.is_some_and(|card| holds(&card.label) || card.publisher.as_ref().is_some_and(|publisher| holds(publisher)))
        };
        listed.iter().filter(fits).collect()
    };
    let open = found.iter().position(|article| Some(*article) == state.article.as_ref()).unwrap_or(0);
    let page = open / PAGE_OF_ARTICLES;
    let start = page.saturating_sub(more.earlier) * PAGE_OF_ARTICLES;
    let end = ((page + 1 + more.later) * PAGE_OF_ARTICLES).min(found.len());
    let drawn = found.get(start..end).unwrap_or_default();
    let items = drawn.iter().filter_map(|article| item(state, article)).collect();
    ArticleList { before: start, items, after: found.len() - end }
}

fn item(state: &State, article: &ArticleId) -> Option<ArticleItem> {
    let card = state.catalogue.card(article)?;
    let own = card.work_of(&state.annotator);
    Some(ArticleItem {
        id: article.clone(),
        label: card.label.clone(),
        publisher: card.publisher.clone(),
        status: own.status,
        claims: own.claims,
        annotations: own.annotations,
        others: match state.is_kept_apart() {
            true => 0,
            false => card.work.values().map(|work| work.annotations).sum::<usize>() - own.annotations,
        },
        unfinished: own.unfinished,
        finished: own.finished,
        open: state.article.as_ref() == Some(article),
    })
}

/// One's own layer first, then those of the other annotators who have done something in this project.
pub fn layer_items(state: &State) -> Vec<LayerItem> {
    let mut annotators: Vec<AnnotatorId> = vec![state.annotator.clone()];
    let at_work: BTreeSet<&AnnotatorId> = state.catalogue.at_work().filter(|_| !state.is_kept_apart()).gather();
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
            called: state.called(&annotator).into(),
            mark: state.mark_of(&annotator).cloned(),
            here: here.map_or(0, |card| card.work_of(&annotator).annotations),
            own: annotator == state.annotator,
            shown: !state.hidden.contains(&annotator),
            annotator,
        })
        .collect()
}
