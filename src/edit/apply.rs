use std::collections::BTreeSet;
use std::rc::Rc;

use thiserror::Error;

use super::merge::merge_records;
use super::{AnnotationStore, Cause, Transaction};
use crate::model::{AnnotationId, Content, Record, RecordKey, Stamp, Version, Versioned};

/// Why a transaction was not applied; the store is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ApplyError {
    #[error("there is no {0:?}")]
    UnknownRecord(RecordKey),
    #[error("there is a {0:?} already")]
    DuplicateId(RecordKey),
    #[error("{0:?} was changed in the meantime")]
    StaleBefore(RecordKey),
    #[error("annotation {0} names an article that is not here")]
    UnknownArticle(AnnotationId),
    #[error("the span of annotation {0} ends after its article")]
    SpanOutOfText(AnnotationId),
    #[error("{0:?} has two versions under one number; choose one first")]
    Unresolved(RecordKey),
}

impl AnnotationStore {
    /// Does the whole transaction or none of it; returns the keys of the changed records.
    ///
    /// Laws: `apply(invert(t)) ∘ apply(t) = id` on content and indices; every changed record's version is newer than the
    /// one it replaces.
    pub fn apply(&self, transaction: &Transaction, stamp: &Stamp) -> Result<(Self, BTreeSet<RecordKey>), ApplyError> {
        let mut store = self.clone();
        let mut changed = BTreeSet::new();
        for edit in &transaction.edits {
            let key = edit.key();
            let record = store.record(&key).cloned();
            let current = record.as_ref().and_then(|record| record.current.content.as_ref());
            match (edit.before(), current) {
                (None, Some(_)) => return Err(ApplyError::DuplicateId(key)),
                (Some(_), None) => return Err(ApplyError::UnknownRecord(key)),
                (Some(before), Some(current)) if before != current => return Err(ApplyError::StaleBefore(key)),
                _ => {}
            }
            if let Some(Content::Annotation(annotation)) = edit.after() {
                let article = store.article(&annotation.article).ok_or_else(|| ApplyError::UnknownArticle(annotation.id.clone()))?;
                if annotation.span().is_some_and(|span| !span.fits(&article.text)) {
                    return Err(ApplyError::SpanOutOfText(annotation.id.clone()));
                }
            }
            let next = stamped(record.as_deref(), edit.after().cloned(), transaction.cause, stamp).ok_or(ApplyError::Unresolved(key.clone()))?;
            store.put(key.clone(), Rc::new(next));
            changed.insert(key);
        }
        Ok((store, changed))
    }
}

/// The record with one more version; `None` where that would silently drop a conflicting version of the same number.
fn stamped(record: Option<&Record>, content: Option<Content>, cause: Cause, stamp: &Stamp) -> Option<Record> {
    let Some(record) = record else {
        let version = Version::default().advanced(&stamp.replica, stamp.number);
        return Some(Record::single(Versioned { content, created: stamp.now.clone(), modified: stamp.now.clone(), version }));
    };
    let base = match cause {
        Cause::Resolve => record.joined_version(),
        _ if record.conflicts.iter().any(|conflict| conflict.version == record.current.version) => return None,
        _ => record.current.version.clone(),
    };
    let next = Versioned {
        content,
        created: record.current.created.clone(),
        modified: stamp.now.clone(),
        version: base.advanced(&stamp.replica, stamp.number),
    };
    // Merging drops what the new version knows and keeps a conflict that nobody has settled.
    Some(merge_records(record, &Record::single(next)))
}
