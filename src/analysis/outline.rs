use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Gap;
use super::card::Work;
use super::completeness::gaps;
use super::crossings::Coverage;
use crate::edit::{ArticleLayers, Sorted, Sorts};
use crate::model::*;
use crate::order::Gather;

/// What lists and counts say of an article's annotations, kept so that a change costs in proportion to what it changes.
///
/// Law: [`Outline::following`] any change gives what [`Outline::of`] gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    layers: Rc<ArticleLayers>,
    scheme: Rc<Scheme>,
    /// In reading order.
    claims: Sorted<Rc<Annotation>>,
    stances: Sorted<Rc<Annotation>>,
    /// What lacks something, by annotator.
    unfinished: BTreeMap<AnnotatorId, Sorted<Unfinished>>,
    /// Of those who have annotated it; statuses are not looked at.
    work: BTreeMap<AnnotatorId, Work>,
    /// How often each annotator mentions each entity.
    mentions: BTreeMap<(EntityId, AnnotatorId), usize>,
    /// Each annotator's mentions that could be tied to an entity and are not, in reading order.
    untied: BTreeMap<AnnotatorId, Sorted<Rc<Annotation>>>,
    coverage: Coverage,
}

/// An annotation that lacks something, and how many things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    pub annotation: Rc<Annotation>,
    pub gaps: usize,
}

impl Sorts for Unfinished {
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.annotation.order(&other.annotation)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.gaps == other.gaps && Rc::ptr_eq(&self.annotation, &other.annotation)
    }
}

impl Outline {
    pub fn of(scheme: &Rc<Scheme>, layers: &Rc<ArticleLayers>) -> Self {
        let mut outline = Self {
            layers: layers.clone(),
            scheme: scheme.clone(),
            claims: Sorted::new(),
            stances: Sorted::new(),
            unfinished: BTreeMap::new(),
            work: BTreeMap::new(),
            mentions: BTreeMap::new(),
            untied: BTreeMap::new(),
            coverage: Coverage::default(),
        };
        for annotation in layers.ordered() {
            outline.coverage.put(annotation);
        }
        for annotation in layers.ordered() {
            outline.add(annotation);
        }
        outline
    }

    /// The outline of what `layers` became.
    pub fn following(&self, scheme: &Rc<Scheme>, layers: &Rc<ArticleLayers>) -> Self {
        if *scheme != self.scheme {
            return Self::of(scheme, layers);
        }
        let mut next = self.clone();
        // Those that changed, those that name one of them (a filler may have come or gone), and those that cross one of them.
        let changed: Vec<(&AnnotationId, &AnnotatorId)> = layers.records_changed_since(&self.layers).collect();
        let mut touched: BTreeSet<(&AnnotationId, &AnnotatorId)> = changed.iter().copied().gather();
        for (id, annotator) in &changed {
            touched.extend(layers.referrers(id, annotator).map(|referrer| (&referrer.annotation, *annotator)));
            if let Some(before) = self.layers.annotation(id, annotator) {
                touched.extend(self.coverage.crossing(before).map(|other| (&other.id, &other.annotator)));
                next.coverage.take(before);
            }
            if let Some(after) = layers.annotation(id, annotator) {
                next.coverage.put(after);
            }
        }
        for (id, annotator) in changed {
            if let Some(after) = layers.annotation(id, annotator) {
                let crossed = next.coverage.crossing(after).filter_map(|other| layers.annotation(&other.id, &other.annotator));
                touched.extend(crossed.map(|other| (&other.id, &other.annotator)));
            }
        }
        for (id, annotator) in &touched {
            if let Some(before) = self.layers.annotation(id, annotator) {
                next.drop_annotation(before);
            }
        }
        next.layers = layers.clone();
        for (id, annotator) in touched {
            if let Some(after) = layers.annotation(id, annotator) {
                next.add(after);
            }
        }
        next
    }

    fn add(&mut self, annotation: &Rc<Annotation>) {
        let meaning = self.meaning(annotation);
        let lacking = self.gaps(annotation).len();
        let work = self.work.entry(annotation.annotator.clone()).or_default();
        work.annotations += 1;
        if lacking == 0 {
            work.finished += 1;
        } else {
            work.unfinished += 1;
            let unfinished = self.unfinished.entry(annotation.annotator.clone()).or_default();
            unfinished.put(Unfinished { annotation: annotation.clone(), gaps: lacking });
        }
        match meaning {
            Some(Meaning::Claim) => {
                work.claims += 1;
                self.claims.put(annotation.clone());
            }
            Some(Meaning::Stance) => {
                self.stances.put(annotation.clone());
            }
            _ => {}
        }
        if let Some(entity) = &annotation.entity {
            *self.mentions.entry((entity.clone(), annotation.annotator.clone())).or_default() += 1;
        } else if self.can_be_tied(annotation) {
            self.untied.entry(annotation.annotator.clone()).or_default().put(annotation.clone());
        }
    }

    fn drop_annotation(&mut self, annotation: &Rc<Annotation>) {
        let of = &annotation.annotator;
        let unfinished = self.unfinished.get_mut(of);
        let lacked = unfinished.and_then(|unfinished| unfinished.take(|other| other.annotation.order(annotation)));
        if self.unfinished.get(of).is_some_and(Sorted::is_empty) {
            self.unfinished.remove(of);
        }
        let meaning = self.meaning(annotation);
        if let Some(work) = self.work.get_mut(of) {
            work.annotations -= 1;
            if lacked.is_some() {
                work.unfinished -= 1;
            } else {
                work.finished -= 1;
            }
            if meaning == Some(Meaning::Claim) {
                work.claims -= 1;
            }
            if *work == Work::default() {
                self.work.remove(of);
            }
        }
        match meaning {
            Some(Meaning::Claim) => drop(self.claims.take(|other| other.order(annotation))),
            Some(Meaning::Stance) => drop(self.stances.take(|other| other.order(annotation))),
            _ => {}
        }
        if let Some(entity) = &annotation.entity {
            let key = (entity.clone(), of.clone());
            if let Some(count) = self.mentions.get_mut(&key) {
                *count -= 1;
                if *count == 0 {
                    self.mentions.remove(&key);
                }
            }
        } else if let Some(untied) = self.untied.get_mut(of) {
            untied.take(|other| other.order(annotation));
            if untied.is_empty() {
                self.untied.remove(of);
            }
        }
    }

    fn can_be_tied(&self, annotation: &Annotation) -> bool {
        self.scheme.type_of(&annotation.type_id).is_some_and(|of| of.entity.is_possible())
    }

    fn meaning(&self, annotation: &Annotation) -> Option<Meaning> {
        self.scheme.type_of(&annotation.type_id).and_then(|of| of.means)
    }

    /// What `annotation` lacks: roles first, in the scheme's order.
    pub fn gaps(&self, annotation: &Rc<Annotation>) -> Vec<Gap> {
        let mut gaps = gaps(&self.scheme, &self.layers, annotation);
        if self.coverage.crossing(annotation).any(|other| other.order(annotation).is_lt()) {
            gaps.push(Gap::Crossing);
        }
        gaps
    }

    pub fn layers(&self) -> &Rc<ArticleLayers> {
        &self.layers
    }

    /// Claims in reading order.
    pub fn claims(&self) -> &Sorted<Rc<Annotation>> {
        &self.claims
    }

    /// Stances in reading order.
    pub fn stances(&self) -> &Sorted<Rc<Annotation>> {
        &self.stances
    }

    /// What an annotator has left unfinished, in reading order.
    pub fn unfinished(&self, annotator: &AnnotatorId) -> &Sorted<Unfinished> {
        const NONE: &Sorted<Unfinished> = &Sorted::new();
        self.unfinished.get(annotator).unwrap_or(NONE)
    }

    /// Counts of those who have annotated the article; statuses are not in them.
    pub fn work(&self) -> &BTreeMap<AnnotatorId, Work> {
        &self.work
    }

    /// An annotator's mentions that could be tied to an entity and are not, in reading order; whether the scheme asks for one or not.
    pub fn untied(&self, annotator: &AnnotatorId) -> Option<&Sorted<Rc<Annotation>>> {
        self.untied.get(annotator)
    }

    /// How often each entity is mentioned by annotators that `pick` lets through.
    pub fn mentions(&self, pick: impl Fn(&AnnotatorId) -> bool) -> BTreeMap<&EntityId, usize> {
        let mut counts: BTreeMap<&EntityId, usize> = BTreeMap::new();
        for ((entity, annotator), count) in &self.mentions {
            if pick(annotator) {
                *counts.entry(entity).or_default() += count;
            }
        }
        counts
    }
}
