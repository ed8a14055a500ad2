use std::collections::BTreeSet;
use std::rc::Rc;

use thiserror::Error;

use super::merge::merge_records;
use super::{AnnotationStore, Cause, Edit, Scope, Transaction};
use crate::model::{AnnotationId, Content, Record, RecordKey, Stamp, Version, VersionOrder, Versioned};

/// Why a transaction was not applied; the store is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ApplyError {
    #[error("the {} is not there any more", .0.kind().name())]
    UnknownRecord(RecordKey),
    #[error("the {} is there again already", .0.kind().name())]
    DuplicateId(RecordKey),
    #[error("the {} was changed in the meantime, in another tab perhaps", .0.kind().name())]
    StaleBefore(RecordKey),
    #[error("its article is not here any more")]
    UnknownArticle(AnnotationId),
    #[error("its words are not in the article any more")]
    SpanOutOfText(AnnotationId),
    #[error("the {} has two versions under one number; choose one first", .0.kind().name())]
    Unresolved(RecordKey),
}

impl AnnotationStore {
    /// Does the whole transaction or none of it; returns the keys of the changed records.
    ///
    /// Laws: `apply(invert(t)) ∘ apply(t) = id` on content and indices; every changed record's version is newer than the
    /// one it replaces. On a record in conflict, an edit takes the place of the version shown and keeps its rivals, unless
    /// it settles; undo and redo never settle.
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
            let next = stamped(record.as_deref(), edit, transaction.cause, stamp).ok_or(ApplyError::Unresolved(key.clone()))?;
            store.put(key.clone(), Rc::new(next));
            changed.insert(key);
        }
        store.list_articles(&changed);
        Ok((store, changed))
    }
}

/// The record with one more version; `None` where that would silently drop a rival of the same version.
fn stamped(record: Option<&Record>, edit: &Edit, cause: Cause, stamp: &Stamp) -> Option<Record> {
    let content = edit.after().cloned();
    let Some(record) = record else {
        let version = Version::default().advanced(&stamp.replica, stamp.number);
        return Some(Record::single(Versioned { content, created: stamp.now.clone(), modified: stamp.now.clone(), version }));
    };
    let version = match (edit.scope(), cause) {
        (Scope::Shown, _) | (_, Cause::Undo | Cause::Redo) => beside_rivals(record, stamp)?,
        (Scope::AllVersions, _) => record.joined_version().advanced(&stamp.replica, stamp.number),
    };
    // A clock that is behind must not hide the change behind a rival.
    let modified = if record.conflicts.is_empty() { &stamp.now } else { (&stamp.now).max(&record.current.modified) };
    let next = Versioned { content, created: record.current.created.clone(), modified: modified.clone(), version };
    Some(merge_records(record, &Record::single(next)))
}

/// A version newer than the one shown that knows none of its rivals.
///
/// Where a rival is this page load's own work, its next number would pass for knowing that, so it takes another name.
fn beside_rivals(record: &Record, stamp: &Stamp) -> Option<Version> {
    let mut replica = stamp.replica.clone();
    loop {
        let version = record.current.version.advanced(&replica, stamp.number);
        let overtakes = |rival: &&Versioned| matches!(rival.version.compare(&version), VersionOrder::Older | VersionOrder::Equal);
        match record.conflicts.iter().find(overtakes) {
            None => return Some(version),
            Some(rival) if rival.version == record.current.version => return None,
            Some(rival) => replica = replica.branch(rival.version.of(&replica))?,
        }
    }
}
