//! What an annotator hands in, as the dialog tells it.

use std::rc::Rc;

use super::State;
use crate::edit::AnnotationStore;
use crate::format::package::{slug, stem};

/// An annotator's own work, about to be handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnWork {
    /// Whose it is; empty where nobody has said a name.
    pub name: Rc<str>,
    pub annotations: usize,
    /// Annotations that lack something.
    pub unfinished: usize,
    /// Articles that were worked on, and how many of them are done.
    pub articles: usize,
    pub done: usize,
    /// Articles to work on: those assigned, else those of the project.
    pub all_articles: usize,
}

/// Counts what there is to hand in, by what is known of articles whether they are in memory or not.
pub fn own_work(state: &State) -> OwnWork {
    let own = &state.annotator;
    let name = state.store.annotator(own).map(|annotator| annotator.name.clone()).unwrap_or_default();
    let mut told = OwnWork { name, ..OwnWork::default() };
    for work in state.catalogue.listed().iter().filter_map(|article| state.catalogue.card(article)?.work.get(own)) {
        told.articles += 1;
        told.annotations += work.annotations;
        told.unfinished += work.unfinished;
        told.done += usize::from(work.status == crate::model::Status::Done);
    }
    // Somebody may have worked on what is not assigned to them, too.
    told.all_articles = state.listed().len().max(told.articles);
    told
}

/// What the file is called: project, annotator, and the day as `2026-11-26`.
pub fn own_work_name(store: &AnnotationStore, name: &str, day: &str) -> String {
    format!("{}.{}.{day}.standpoint.json", stem(store.header()), slug(name).unwrap_or_else(|| "unnamed".to_owned()))
}
