//! From mention to mention of one entity.

use std::cmp::Ordering;
use std::rc::Rc;

use super::{say, steps};
use crate::edit::Sorts;
use crate::model::*;
use crate::session::{Dialog, Notice, State, naming};

/// Focuses the next mention of `entity`, or else of whom the focused mention is tied to: in the open article, then in the others
/// that are in memory, round and round.
pub(super) fn step(state: &mut State, entity: Option<EntityId>, forward: bool) {
    let entity = match entity.map_or_else(|| naming::stepped(state), Ok) {
        Ok(entity) => entity,
        Err(why) => return say(state, Notice::refused(format!("No mention to go to: {why}."))),
    };
    let Some(here) = state.article.clone() else { return };
    let focus = state.focused().cloned();
    let in_it = |article: &ArticleId| -> Vec<Rc<Annotation>> {
        let mut found: Vec<Rc<Annotation>> = naming::tied_in(state, article, &entity).into_iter().cloned().collect();
        if !forward {
            found.reverse();
        }
        found
    };
    let is_ahead = |annotation: &&Rc<Annotation>| match &focus {
        Some(focus) => {
            if forward {
                annotation.order(focus).is_gt()
            } else {
                annotation.order(focus).is_lt()
            }
        }
        None => true,
    };
    let mut articles: Vec<ArticleId> = state.listed().to_vec();
    if !forward {
        articles.reverse();
    }
    let at = articles.iter().position(|article| *article == here).unwrap_or(0);
    articles.rotate_left(at);
    let ahead = in_it(&here).iter().find(is_ahead).cloned();
    // What lies behind the focus comes last.
    let next = ahead.or_else(|| articles.iter().skip(1).chain([&here]).find_map(|article| in_it(article).first().cloned()));
    match next {
        Some(next) if focus.is_some_and(|focus| focus.id == next.id && focus.annotator == next.annotator) => {
            say(state, Notice::done("the only mention in the articles that are in memory"));
        }
        Some(next) => {
            steps::open_article(state, next.article.clone());
            steps::land(state, &next);
            state.scroll += 1;
        }
        None => say(state, Notice::done("no mention in the articles that are in memory")),
    }
}

/// Asks who the next of one's own mentions in the open article is that is tied to no entity, from the focus on, round and round.
pub(super) fn next_untied(state: &mut State) {
    let next = state.article.as_ref().and_then(|article| {
        let focus = state.focus.as_ref().and_then(|focus| state.store.annotation(article, &state.annotator, focus));
        let untied = state.catalogue.outline(article)?.untied(&state.annotator)?;
        let from = focus.map_or(0, |focus| untied.rank(|other| other.order(focus).then(Ordering::Less)));
        untied.iter_from(from).chain(untied).next().cloned()
    });
    match next {
        Some(next) => {
            steps::land(state, &next);
            super::dialogs::open(state, Dialog::Who(next.id.clone()));
        }
        None => say(state, Notice::done("every mention here is tied to an entity")),
    }
}
