//! Two annotators side by side: which of their annotations correspond, and what differs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::edit::{AnnotationStore, ArticleLayers, Sorts};
use crate::model::*;
use crate::order::{Gather, InOrder};

/// Two annotations that correspond, or one to which nothing corresponds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aligned {
    First(Rc<Annotation>),
    Second(Rc<Annotation>),
    Both {
        first: Rc<Annotation>,
        second: Rc<Annotation>,
        /// Edges first, then attributes, roles and the entity; none where both say the same.
        differences: Vec<Difference>,
    },
}

/// Something that two corresponding annotations say otherwise. Notes are remarks and differ freely.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    Edges,
    Attribute(AttributeId),
    Role(RoleId),
    Entity,
}

/// One article as two annotators see it, in reading order.
///
/// Annotations of one type correspond when they share words: the same words first, then those that share the most code points,
/// then those that take up the least room together and differ in the fewest attributes; each has one counterpart at most. Laws:
/// every annotation of the two is in one row; comparing the second with the first gives the same rows mirrored. An orphan
/// corresponds to one of the same type that lost the same words.
///
/// Costs `n log n`: of more than [`MOST_OPEN`] annotations of one type and annotator that all lie over one place, only those
/// that begin last are looked at.
pub fn compared(store: &AnnotationStore, article: &ArticleId, first: &AnnotatorId, second: &AnnotatorId) -> Vec<Aligned> {
    let Some(layers) = store.layers(article) else { return Vec::new() };
    let of = |annotator: &AnnotatorId| -> Vec<&Rc<Annotation>> {
        layers.ordered().iter().filter(|annotation| annotation.annotator == *annotator).collect()
    };
    let sides = [of(first), of(second)];
    let pairs = paired(&sides);
    let mates: BTreeMap<&AnnotationId, &AnnotationId> = pairs.iter().map(|(a, b)| (&sides[0][*a].id, &sides[1][*b].id)).gather();
    let mut alone = [vec![true; sides[0].len()], vec![true; sides[1].len()]];
    let mut rows: Vec<(&Rc<Annotation>, Aligned)> = Vec::with_capacity(sides[0].len().max(sides[1].len()));
    for (a, b) in &pairs {
        let (first, second) = (sides[0][*a], sides[1][*b]);
        (alone[0][*a], alone[1][*b]) = (false, false);
        let differences = Differing { store, layers, mates: &mates }.between(first, second);
        let earlier = if second.order(first).is_lt() { second } else { first };
        rows.push((earlier, Aligned::Both { first: first.clone(), second: second.clone(), differences }));
    }
    let lonely = |side: usize| sides[side].iter().zip(&alone[side]).filter(|(_, alone)| **alone).map(|(annotation, _)| *annotation);
    rows.extend(lonely(0).map(|annotation| (annotation, Aligned::First(annotation.clone()))));
    rows.extend(lonely(1).map(|annotation| (annotation, Aligned::Second(annotation.clone()))));
    rows.put_in_order_by(|(one, _), (other, _)| one.order(other));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// So many of one type and annotator may lie over one place before the earliest of them are passed over.
pub const MOST_OPEN: usize = 64;

type Sides<'a> = [Vec<&'a Rc<Annotation>>; 2];

/// Indices of what corresponds, each in one pair at most.
fn paired(sides: &Sides<'_>) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(Closeness<'_>, usize, usize)> =
        overlapping(sides).into_iter().filter_map(|(a, b)| Some((Closeness::of(sides[0][a], sides[1][b])?, a, b))).collect();
    candidates.put_in_order_by(|(one, ..), (other, ..)| one.cmp(other));
    let mut taken = [vec![false; sides[0].len()], vec![false; sides[1].len()]];
    let mut pairs = Vec::new();
    for (_, a, b) in candidates {
        if !taken[0][a] && !taken[1][b] {
            (taken[0][a], taken[1][b]) = (true, true);
            pairs.push((a, b));
        }
    }
    pairs.extend(paired_orphans(sides));
    pairs
}

/// The pairs of one type whose hulls overlap, by a sweep through the text. Which side is which is of no matter to it.
fn overlapping(sides: &Sides<'_>) -> Vec<(usize, usize)> {
    let placed = |side: usize| sides[side].iter().enumerate().filter(|(_, of)| of.span().is_some()).map(move |(at, of)| (*of, side, at));
    let mut all: Vec<(&Rc<Annotation>, usize, usize)> = placed(0).chain(placed(1)).collect();
    all.put_in_order_by(|(one, ..), (other, ..)| one.order(other));
    let mut open: BTreeMap<&TypeId, [Vec<(&Span, usize)>; 2]> = BTreeMap::new();
    let mut found = Vec::new();
    for (annotation, side, at) in all {
        let Some(span) = annotation.span() else { continue };
        let open = open.entry(&annotation.type_id).or_default();
        let reaches = |other: &(&Span, usize)| other.0.end() > span.start();
        let others = open[1 - side].iter().filter(|other| reaches(other)).map(|(_, other)| *other);
        found.extend(others.map(|other| if side == 0 { (at, other) } else { (other, at) }));
        let own = &mut open[side];
        own.push((span, at));
        if own.len() > MOST_OPEN {
            own.retain(reaches);
        }
        if own.len() > MOST_OPEN {
            own.remove(0);
        }
    }
    found
}

/// How well two annotations correspond: the least is the best. The same, whichever comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Closeness<'a> {
    other_words: bool,
    shared: Reverse<u32>,
    /// Code points from the beginning of the one to the end of the other.
    room: u32,
    unlike: usize,
    /// The one that comes first in the text, then the other.
    places: [(&'a Span, &'a AnnotationId, &'a AnnotatorId); 2],
}

impl<'a> Closeness<'a> {
    /// `None` where no code point is shared.
    fn of(one: &'a Annotation, other: &'a Annotation) -> Option<Self> {
        let (span, other_span) = (one.span()?, other.span()?);
        let shared = shared(span, other_span);
        let mut places = [(span, &one.id, &one.annotator), (other_span, &other.id, &other.annotator)];
        places.put_in_order();
        (shared > 0).then(|| Self {
            other_words: span != other_span,
            shared: Reverse(shared),
            room: span.hull().cover(other_span.hull()).len(),
            unlike: unlike(one, other).count(),
            places,
        })
    }
}

/// How many code points lie in both.
fn shared(one: &Span, other: &Span) -> u32 {
    let (mut ours, mut theirs) = (one.fragments(), other.fragments());
    let mut shared = 0;
    while let ([our, our_rest @ ..], [their, their_rest @ ..]) = (ours, theirs) {
        shared += our.intersection(*their).map_or(0, |both| both.len());
        if our.end() < their.end() { ours = our_rest } else { theirs = their_rest }
    }
    shared
}

/// Orphans that lost the same words, in the order of their ids.
fn paired_orphans(sides: &Sides<'_>) -> Vec<(usize, usize)> {
    type Lost<'a> = (&'a TypeId, Vec<(u32, u32, &'a str)>);
    let mut alike: BTreeMap<Lost<'_>, [Vec<usize>; 2]> = BTreeMap::new();
    for (side, of) in sides.iter().enumerate() {
        for (at, annotation) in of.iter().enumerate() {
            if let Anchor::Orphan(orphan) = &annotation.anchor {
                let lost = orphan.fragments.iter().map(|fragment| (fragment.start, fragment.end, &*fragment.text)).collect();
                alike.entry((&annotation.type_id, lost)).or_default()[side].push(at);
            }
        }
    }
    alike.into_values().flat_map(|[ours, theirs]| ours.into_iter().zip(theirs)).collect()
}

/// The attributes that two annotations do not say alike.
fn unlike<'a>(one: &'a Annotation, other: &'a Annotation) -> impl Iterator<Item = &'a AttributeId> {
    let all: BTreeSet<&AttributeId> = one.attributes.keys().chain(other.attributes.keys()).gather();
    all.into_iter().filter(|id| one.attributes.get(*id) != other.attributes.get(*id))
}

/// What it takes to say what differs.
struct Differing<'a> {
    store: &'a AnnotationStore,
    layers: &'a ArticleLayers,
    /// The second's counterpart of each of the first's that has one.
    mates: &'a BTreeMap<&'a AnnotationId, &'a AnnotationId>,
}

impl Differing<'_> {
    fn between(&self, first: &Annotation, second: &Annotation) -> Vec<Difference> {
        let mut differences = Vec::new();
        // Orphans correspond only where they lost the same words.
        if first.span() != second.span() {
            differences.push(Difference::Edges);
        }
        differences.extend(unlike(first, second).cloned().map(Difference::Attribute));
        let roles: BTreeSet<&RoleId> = first.roles.keys().chain(second.roles.keys()).gather();
        differences.extend(roles.into_iter().filter(|role| !self.fill_alike(first, second, role)).cloned().map(Difference::Role));
        let standing = |annotation: &Annotation| annotation.entity.as_ref().map(|entity| self.store.standing(entity));
        if standing(first) != standing(second) {
            differences.push(Difference::Entity);
        }
        differences
    }

    /// Whether counterparts and the same entities fill a role. What is not there fills nothing.
    fn fill_alike(&self, first: &Annotation, second: &Annotation, role: &RoleId) -> bool {
        let is_there = |of: &Annotation, id: &AnnotationId| self.layers.annotation(id, &of.annotator).is_some();
        let mut ours: BTreeSet<Filler> = BTreeSet::new();
        for filler in first.fillers(role) {
            match filler {
                Filler::Entity(entity) => drop(ours.insert(Filler::Entity(self.store.standing(entity)))),
                Filler::Annotation(id) if !is_there(first, id) => {}
                Filler::Annotation(id) => match self.mates.get(id) {
                    Some(mate) => drop(ours.insert(Filler::Annotation((*mate).clone()))),
                    None => return false,
                },
            }
        }
        let theirs = second.fillers(role).iter().filter_map(|filler| match filler {
            Filler::Entity(entity) => Some(Filler::Entity(self.store.standing(entity))),
            Filler::Annotation(id) => is_there(second, id).then(|| filler.clone()),
        });
        ours == theirs.gather::<BTreeSet<Filler>>()
    }
}
