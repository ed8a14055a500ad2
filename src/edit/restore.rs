use std::collections::BTreeSet;
use std::rc::Rc;

use super::AnnotationStore;
use crate::model::{ArticleId, Record, RecordKey, Timestamp, Version};
use crate::order::Gather;

/// What a merge changed, kept so that it can be taken back, even days later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestorePoint {
    pub at: Timestamp,
    /// What was merged, in words.
    pub label: Rc<str>,
    pub changes: Vec<Change>,
}

/// A record before, and by what it is known that it is still as it was after; `None` where there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: RecordKey,
    pub before: Option<Rc<Record>>,
    /// The versions of the record: every later change adds to one. The record itself would be a second copy of all that was merged.
    pub after: Option<Vec<Version>>,
}

impl RestorePoint {
    /// The point between two states of a project that differ in `changed`.
    pub fn between(
        before: &AnnotationStore,
        after: &AnnotationStore,
        changed: &BTreeSet<RecordKey>,
        at: Timestamp,
        label: Rc<str>,
    ) -> Self {
        let change = |key: &RecordKey| Change {
            key: key.clone(),
            before: before.record(key).cloned(),
            after: after.record(key).map(|record| record.vectors()),
        };
        Self { at, label, changes: changed.iter().map(change).collect() }
    }

    /// The articles whose records it knows.
    pub fn articles(&self) -> BTreeSet<ArticleId> {
        self.changes.iter().filter_map(|change| change.key.in_memory_with().cloned()).gather()
    }
}

/// What taking a merge back came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    pub store: AnnotationStore,
    pub changed: BTreeSet<RecordKey>,
    /// How many records were changed after the merge, and so stay.
    pub kept: usize,
}

impl AnnotationStore {
    /// Puts the records of a restore point back as they were, without tombstones; those that changed since stay.
    ///
    /// Law: right after the merge, every record is as it was before it.
    pub fn take_back(&self, point: &RestorePoint) -> TakenBack {
        let (back, kept): (Vec<&Change>, Vec<&Change>) =
            point.changes.iter().partition(|change| self.record(&change.key).map(|record| record.vectors()) == change.after);
        let (store, changed) = self.replace(back.into_iter().map(|change| (change.key.clone(), change.before.clone())));
        TakenBack { store, changed, kept: kept.len() }
    }

    /// Records take the place of what is here, whatever its version, or go; returns the keys of those that changed.
    ///
    /// For what was taken back: every other change is a merge or a transaction.
    pub fn replace(&self, records: impl IntoIterator<Item = (RecordKey, Option<Rc<Record>>)>) -> (Self, BTreeSet<RecordKey>) {
        let mut store = self.clone();
        let mut changed = BTreeSet::new();
        for (key, record) in records {
            if store.record(&key) == record.as_ref() {
                continue;
            }
            match record {
                Some(record) => store.put(key.clone(), record),
                None => store.forget(&key),
            }
            changed.insert(key);
        }
        store.list_articles(&changed);
        (store, changed)
    }
}
