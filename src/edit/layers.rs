use std::cmp::Ordering;
use std::rc::Rc;

use super::merge::merge_records;
use super::sorted::{Changed, Sorted, Sorts};
use crate::model::{Anchor, Annotation, AnnotationId, AnnotatorId, Record, RoleId, Span, TypeId};
use crate::order::InOrder;
use crate::text::Offset;

/// The annotations of one article, of every annotator, with their indices.
///
/// Copies share what they have in common, and tell what differs without looking at the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleLayers {
    /// Live ones and tombstones. The id comes first, so that one id is found without its annotator.
    records: Sorted<Entry>,
    /// Live ones by start, end, id; orphans last.
    ordered: Sorted<Rc<Annotation>>,
    /// For each annotation, the roles that name it.
    referrers: Sorted<Naming>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub id: AnnotationId,
    pub annotator: AnnotatorId,
    pub record: Rc<Record>,
}

impl Sorts for Entry {
    fn order(&self, other: &Self) -> Ordering {
        (&self.id, &self.annotator).cmp(&(&other.id, &other.annotator))
    }

    fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.record, &other.record)
    }
}

/// In reading order: by start, end, id; orphans last.
impl Sorts for Rc<Annotation> {
    fn order(&self, other: &Self) -> Ordering {
        let place = |annotation: &Annotation| match annotation.span() {
            Some(span) => (false, span.start(), span.end()),
            None => (true, Offset::default(), Offset::default()),
        };
        place(self).cmp(&place(other)).then_with(|| self.id.cmp(&other.id)).then_with(|| self.annotator.cmp(&other.annotator))
    }

    fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(self, other)
    }
}

/// That a role of an annotation names another one of the same annotator's.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Naming {
    named: AnnotationId,
    annotator: AnnotatorId,
    by: Referrer,
}

impl Sorts for Naming {
    fn order(&self, other: &Self) -> Ordering {
        (&self.named, &self.annotator, &self.by).cmp(&(&other.named, &other.annotator, &other.by))
    }

    fn is_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// A role that names an annotation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Referrer {
    pub annotation: AnnotationId,
    pub role: RoleId,
}

impl ArticleLayers {
    /// Of records in any order; those of one annotation are merged.
    pub(super) fn of(mut entries: Vec<Entry>) -> Self {
        entries.put_in_order_by(Entry::order);
        entries.dedup_by(|later, first| {
            let is_one = later.order(first) == Ordering::Equal;
            if is_one {
                first.record = Rc::new(merge_records(&first.record, &later.record));
            }
            is_one
        });
        Self::indexed(entries.into_iter().collect())
    }

    pub fn record(&self, id: &AnnotationId, annotator: &AnnotatorId) -> Option<&Rc<Record>> {
        self.records.find(|entry| (&entry.id, &entry.annotator).cmp(&(id, annotator))).map(|entry| &entry.record)
    }

    pub fn records(&self) -> impl Iterator<Item = &Rc<Record>> {
        self.records.iter().map(|entry| &entry.record)
    }

    /// How many records there are, tombstones too.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub fn keyed_records(&self) -> impl Iterator<Item = (&AnnotationId, &AnnotatorId, &Rc<Record>)> {
        self.records.iter().map(|entry| (&entry.id, &entry.annotator, &entry.record))
    }

    pub fn annotation(&self, id: &AnnotationId, annotator: &AnnotatorId) -> Option<&Rc<Annotation>> {
        live(self.record(id, annotator)?)
    }

    /// The live annotation of that id: `preferred`'s, or else anybody's.
    pub fn find(&self, id: &AnnotationId, preferred: &AnnotatorId) -> Option<&Rc<Annotation>> {
        self.annotation(id, preferred).or_else(|| self.of_id(id).next())
    }

    /// The live annotations of that id, of every annotator.
    pub fn of_id(&self, id: &AnnotationId) -> impl Iterator<Item = &Rc<Annotation>> {
        let first = self.records.rank(|entry| entry.id.cmp(id).then(Ordering::Greater));
        self.records.iter_from(first).take_while(move |entry| entry.id == *id).filter_map(|entry| live(&entry.record))
    }

    /// Live annotations of every annotator by start, end, id; orphans last.
    pub fn ordered(&self) -> &Sorted<Rc<Annotation>> {
        &self.ordered
    }

    /// The annotator's live annotation of that type and with that anchor.
    pub fn twin(&self, annotator: &AnnotatorId, type_id: &TypeId, anchor: &Anchor) -> Option<&Rc<Annotation>> {
        let start = match anchor {
            Anchor::Placed(span) => Some(span.start()),
            Anchor::Orphan(_) => None,
        };
        // Those that begin there, or all orphans.
        let before = |other: &Rc<Annotation>| match (other.span(), start) {
            (Some(span), Some(start)) => span.start() < start,
            (span, _) => span.is_some(),
        };
        let first = self.ordered.rank(|other| if before(other) { Ordering::Less } else { Ordering::Greater });
        let mut near = self.ordered.iter_from(first).take_while(|other| other.span().map(Span::start) == start);
        near.find(|other| other.annotator == *annotator && other.type_id == *type_id && other.anchor == *anchor)
    }

    /// The roles, of the same annotator's annotations, that name this one.
    pub fn referrers(&self, id: &AnnotationId, annotator: &AnnotatorId) -> impl Iterator<Item = &Referrer> {
        let first = self.referrers.rank(|naming| (&naming.named, &naming.annotator).cmp(&(id, annotator)).then(Ordering::Greater));
        let namings = self.referrers.iter_from(first).take_while(move |naming| naming.named == *id && naming.annotator == *annotator);
        namings.map(|naming| &naming.by)
    }

    /// The live annotations that are not the same as in `old`; one that moved is gone in one place and new in another.
    pub fn changes_since<'a>(&'a self, old: &'a Self) -> Vec<Changed<'a, Rc<Annotation>>> {
        self.ordered.changes_since(&old.ordered)
    }

    /// The ids of the records that are not the same as in `old`, tombstones too.
    pub fn records_changed_since<'a>(&'a self, old: &'a Self) -> impl Iterator<Item = (&'a AnnotationId, &'a AnnotatorId)> {
        let changes = self.records.changes_since(&old.records).into_iter();
        changes.filter_map(|(before, after)| after.or(before)).map(|entry| (&entry.id, &entry.annotator))
    }

    pub(super) fn put(&mut self, id: AnnotationId, annotator: AnnotatorId, record: Rc<Record>) {
        let new = live(&record).cloned();
        let old = self.records.put(Entry { id, annotator, record });
        if let Some(old) = old.as_ref().and_then(|old| live(&old.record)) {
            self.unindex(old);
        }
        if let Some(new) = new {
            self.index(new);
        }
    }

    pub(super) fn forget(&mut self, id: &AnnotationId, annotator: &AnnotatorId) {
        let old = self.records.take(|entry| (&entry.id, &entry.annotator).cmp(&(id, annotator)));
        if let Some(old) = old.as_ref().and_then(|old| live(&old.record)) {
            self.unindex(old);
        }
    }

    fn index(&mut self, annotation: Rc<Annotation>) {
        for naming in namings(&annotation) {
            self.referrers.put(naming);
        }
        self.ordered.put(annotation);
    }

    fn unindex(&mut self, annotation: &Rc<Annotation>) {
        self.ordered.take(|other| other.order(annotation));
        for naming in namings(annotation) {
            self.referrers.take(|other| other.order(&naming));
        }
    }

    /// The same records with every index made anew: what the indices must always equal.
    pub fn reindexed(&self) -> Self {
        Self::indexed(self.records.iter().cloned().collect())
    }

    fn indexed(records: Sorted<Entry>) -> Self {
        let ordered: Sorted<Rc<Annotation>> = records.iter().filter_map(|entry| live(&entry.record).cloned()).collect();
        let referrers = ordered.iter().flat_map(|annotation| namings(annotation)).collect();
        Self { records, ordered, referrers }
    }
}

/// How many of the annotations in reading order begin before `offset`.
pub fn begins_before(ordered: &Sorted<Rc<Annotation>>, offset: Offset) -> usize {
    ordered.rank(|annotation| if annotation.span().is_some_and(|span| span.start() < offset) { Ordering::Less } else { Ordering::Greater })
}

fn namings(annotation: &Annotation) -> impl Iterator<Item = Naming> {
    annotation.filler_annotations().map(|(role, filler)| Naming {
        named: filler.clone(),
        annotator: annotation.annotator.clone(),
        by: Referrer { annotation: annotation.id.clone(), role: role.clone() },
    })
}

pub(super) fn live(record: &Record) -> Option<&Rc<Annotation>> {
    record.current.content.as_ref()?.as_annotation()
}
