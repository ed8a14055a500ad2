//! One annotator's work, taken out of a project to be handed in.

use std::collections::BTreeSet;

use super::store::AnnotationStore;
use crate::model::*;
use crate::order::Gather;

/// Whose work a record is; what belongs to everybody, or was given by whoever leads the project, is nobody's.
fn worker(key: &RecordKey) -> Option<&AnnotatorId> {
    match key {
        RecordKey::Annotation(_, annotator, _) | RecordKey::Progress(_, annotator) => Some(annotator),
        _ => None,
    }
}

impl AnnotationStore {
    /// What one annotator did, as a copy of the project that holds nothing of others: their annotations with all versions and
    /// tombstones, their progress, the articles that these are of, and what belongs to everybody (header, scheme, entities).
    /// Merged into another copy it brings these and nothing else.
    pub fn work_of(&self, annotator: &AnnotatorId) -> Self {
        let articles: BTreeSet<ArticleId> =
            self.all_records().filter(|(key, _)| worker(key) == Some(annotator)).filter_map(|(key, _)| key.article().cloned()).gather();
        let belongs = |key: &RecordKey| match key {
            RecordKey::Project | RecordKey::Scheme | RecordKey::Entity(_) => true,
            RecordKey::Annotator(id) => id == annotator,
            RecordKey::Article(id) => articles.contains(id),
            _ => worker(key) == Some(annotator),
        };
        let empty = Self::empty((**self.header()).clone(), (**self.scheme()).clone());
        let (work, _) = empty.merge(self.shared_records().filter(|(key, _)| belongs(key)));
        work.with_order(self.article_ids())
    }

    /// How many of an annotator's live annotations were made or changed on another device than `own`. What came from pages that
    /// name no device, and what was brought in from files of other programs, is not counted: nobody knows of it.
    pub fn from_elsewhere(&self, annotator: &AnnotatorId, own: &Replica) -> usize {
        let here = own.device();
        let is_other = |versioned: &Versioned| {
            versioned.version.entries().iter().filter_map(|(replica, _)| replica.device()).any(|device| Some(device) != here)
        };
        self.all_records()
            .filter(|(key, record)| {
                key.kind() == RecordKind::Annotation
                    && worker(key) == Some(annotator)
                    && record.current.content.is_some()
                    && record.versions().any(is_other)
            })
            .count()
    }
}
