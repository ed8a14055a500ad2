use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::model::{Annotation, AnnotationId, AnnotatorId, Record, RoleId};
use crate::text::Offset;

/// The annotations of one article, of every annotator, with their indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleLayers {
    /// Live ones and tombstones. The id comes first, so that one id is found without its annotator.
    records: BTreeMap<(AnnotationId, AnnotatorId), Rc<Record>>,
    /// Live ones by start, end, id; orphans last.
    ordered: Vec<Rc<Annotation>>,
    /// For each annotation, the roles that name it.
    referrers: HashMap<(AnnotationId, AnnotatorId), Vec<Referrer>>,
}

/// A role that names an annotation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Referrer {
    pub annotation: AnnotationId,
    pub role: RoleId,
}

impl ArticleLayers {
    pub fn record(&self, id: &AnnotationId, annotator: &AnnotatorId) -> Option<&Rc<Record>> {
        self.records.get(&(id.clone(), annotator.clone()))
    }

    pub fn records(&self) -> impl Iterator<Item = &Rc<Record>> {
        self.records.values()
    }

    /// How many records there are, tombstones too.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub fn keyed_records(&self) -> impl Iterator<Item = (&AnnotationId, &AnnotatorId, &Rc<Record>)> {
        self.records.iter().map(|((id, annotator), record)| (id, annotator, record))
    }

    pub fn annotation(&self, id: &AnnotationId, annotator: &AnnotatorId) -> Option<&Rc<Annotation>> {
        live(self.record(id, annotator)?)
    }

    /// The live annotation of that id: `preferred`'s, or else anybody's.
    pub fn find(&self, id: &AnnotationId, preferred: &AnnotatorId) -> Option<&Rc<Annotation>> {
        self.annotation(id, preferred).or_else(|| self.ordered.iter().find(|annotation| annotation.id == *id))
    }

    /// Live annotations of every annotator by start, end, id; orphans last.
    pub fn ordered(&self) -> &[Rc<Annotation>] {
        &self.ordered
    }

    /// The roles, of the same annotator's annotations, that name this one.
    pub fn referrers(&self, id: &AnnotationId, annotator: &AnnotatorId) -> &[Referrer] {
        self.referrers.get(&(id.clone(), annotator.clone())).map_or(&[], Vec::as_slice)
    }

    pub(super) fn put(&mut self, id: AnnotationId, annotator: AnnotatorId, record: Rc<Record>) {
        let key = (id, annotator);
        let old = self.records.insert(key, record.clone());
        if let Some(old) = old.as_deref().and_then(live) {
            self.unindex(old);
        }
        if let Some(new) = live(&record) {
            self.index(new);
        }
    }

    pub(super) fn forget(&mut self, id: &AnnotationId, annotator: &AnnotatorId) {
        if let Some(old) = self.records.remove(&(id.clone(), annotator.clone())).as_deref().and_then(live) {
            self.unindex(old);
        }
    }

    fn index(&mut self, annotation: &Rc<Annotation>) {
        let at = self.ordered.partition_point(|other| reading_order(other, annotation) == Ordering::Less);
        self.ordered.insert(at, annotation.clone());
        for (role, filler) in annotation.filler_annotations() {
            let referrers = self.referrers.entry((filler.clone(), annotation.annotator.clone())).or_default();
            let referrer = Referrer { annotation: annotation.id.clone(), role: role.clone() };
            if let Err(at) = referrers.binary_search(&referrer) {
                referrers.insert(at, referrer);
            }
        }
    }

    fn unindex(&mut self, annotation: &Rc<Annotation>) {
        let at = self.ordered.partition_point(|other| reading_order(other, annotation) == Ordering::Less);
        if self.ordered.get(at).is_some_and(|found| found.id == annotation.id && found.annotator == annotation.annotator) {
            self.ordered.remove(at);
        }
        for (role, filler) in annotation.filler_annotations() {
            let key = (filler.clone(), annotation.annotator.clone());
            if let Some(referrers) = self.referrers.get_mut(&key) {
                referrers.retain(|referrer| referrer.annotation != annotation.id || referrer.role != *role);
                if referrers.is_empty() {
                    self.referrers.remove(&key);
                }
            }
        }
    }

    /// The same records with every index made anew: what the indices must always equal.
    pub fn reindexed(&self) -> Self {
        let mut fresh = Self::default();
        for ((id, annotator), record) in &self.records {
            fresh.put(id.clone(), annotator.clone(), record.clone());
        }
        fresh
    }
}

pub(super) fn live(record: &Record) -> Option<&Rc<Annotation>> {
    record.current.content.as_ref()?.as_annotation()
}

fn reading_order(a: &Annotation, b: &Annotation) -> Ordering {
    let place = |annotation: &Annotation| match annotation.span() {
        Some(span) => (false, span.start(), span.end()),
        None => (true, Offset::default(), Offset::default()),
    };
    place(a).cmp(&place(b)).then_with(|| a.id.cmp(&b.id)).then_with(|| a.annotator.cmp(&b.annotator))
}
