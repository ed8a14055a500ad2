//! The steps that can be undone and done again, as a list to step into.

use std::rc::Rc;

use super::frame::quote;
use super::{State, shortened};
use crate::edit::Step;
use crate::model::Content;

/// A point in time to go to: right after a step, or before all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepItem {
    pub label: Rc<str>,
    /// The first words that it is about.
    pub quote: Option<Rc<str>>,
    /// Where, if that is another article than the open one.
    pub article: Option<Rc<str>>,
    /// How many steps from here: negative to undo.
    pub by: isize,
}

/// The latest first: what was undone, what is now (`by` is 0), and at most `most` of what can be undone.
pub fn steps(state: &State, most: usize) -> Vec<StepItem> {
    let history = &state.history;
    let count = history.undone().len() as isize;
    let undone = history.undone().iter().zip(0..).map(|(step, n)| item(state, step, count - n));
    let done = history.done().rev().take(most).zip(0..).map(|(step, n): (_, isize)| item(state, step, -n));
    let begun = StepItem { label: "before the first step".into(), quote: None, article: None, by: -(history.done().len() as isize) };
    undone.chain(done).chain((history.done().len() <= most).then_some(begun)).collect()
}

fn item(state: &State, step: &Step, by: isize) -> StepItem {
    let contents = step.edits.iter().filter_map(|edit| edit.after().or(edit.before()));
    let annotation = contents.filter_map(Content::as_annotation).next();
    let words = annotation.and_then(|annotation| Some((state.store.article(&annotation.article)?, annotation)));
    let elsewhere = step.article.as_ref().filter(|article| state.article.as_ref() != Some(article));
    StepItem {
        label: step.label.clone(),
        quote: words.map(|(article, annotation)| shortened(&quote(article, annotation), 60)),
        article: elsewhere.and_then(|article| state.catalogue.card(article)).map(|card| card.label.clone()),
        by,
    }
}
