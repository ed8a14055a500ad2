use std::collections::BTreeMap;
use std::rc::Rc;

use super::Outline;
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
        let outline = store.layers(article).map(|layers| Outline::of(store.scheme(), layers));
        Self::from_outline(store, article, outline.as_ref())
    }

    /// The same where the outline is known already; an article without annotations has none.
    pub fn from_outline(store: &AnnotationStore, article: &ArticleId, outline: Option<&Outline>) -> Option<Self> {
        let found = store.article(article)?;
        let mut work = outline.map_or_else(BTreeMap::new, |outline| outline.work().clone());
        for progress in store.progress(article) {
            work.entry(progress.annotator.clone()).or_default().status = progress.status;
        }
        work.retain(|_, work| *work != Work::default());
        Some(Self { label: found.label().into(), publisher: found.metadata.publisher.clone(), work })
    }

    pub fn work_of(&self, annotator: &AnnotatorId) -> Work {
        self.work.get(annotator).copied().unwrap_or_default()
    }
}
