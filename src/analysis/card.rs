use std::collections::BTreeMap;
use std::rc::Rc;

use super::gaps;
use crate::edit::AnnotationStore;
use crate::model::*;

/// What a list shows of an article, so that its text and annotations need not be in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    pub label: Rc<str>,
    pub publisher: Option<Rc<str>>,
    /// Of those who have annotated it or set its status.
    pub work: BTreeMap<AnnotatorId, Work>,
}

/// Counts of one annotator's work on an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    pub annotations: usize,
    pub claims: usize,
    pub unfinished: usize,
    pub finished: usize,
    pub status: Status,
}

impl Card {
    /// `None` where the article is not there.
    pub fn of(store: &AnnotationStore, article: &ArticleId) -> Option<Self> {
        let found = store.article(article)?;
        let scheme = store.scheme();
        let mut work: BTreeMap<AnnotatorId, Work> = BTreeMap::new();
        if let Some(layers) = store.layers(article) {
            for annotation in layers.ordered() {
                let work = work.entry(annotation.annotator.clone()).or_default();
                work.annotations += 1;
                if scheme.type_of(&annotation.type_id).is_some_and(|of| of.means == Some(Meaning::Claim)) {
                    work.claims += 1;
                }
                if gaps(scheme, layers, annotation).is_empty() {
                    work.finished += 1;
                } else {
                    work.unfinished += 1;
                }
            }
        }
        let card = Self { label: found.label().into(), publisher: found.metadata.publisher.clone(), work };
        Some(card.with_statuses(store, article))
    }

    /// The same with the statuses that `store` has.
    pub fn with_statuses(mut self, store: &AnnotationStore, article: &ArticleId) -> Self {
        for work in self.work.values_mut() {
            work.status = Status::New;
        }
        for progress in store.progress(article) {
            self.work.entry(progress.annotator.clone()).or_default().status = progress.status;
        }
        self.work.retain(|_, work| *work != Work::default());
        self
    }

    pub fn work_of(&self, annotator: &AnnotatorId) -> Work {
        self.work.get(annotator).copied().unwrap_or_default()
    }
}
