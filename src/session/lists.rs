//! The lists beside the text: who says what, what is unfinished, every annotation in order.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::frame::quote;
use super::state::{annotator_name, entity_name};
use super::tabling::bears;
use super::words::shortened;
use super::{Sight, State};
use crate::analysis::{Gap, Outline, Unfinished, attribution};
use crate::edit::{AnnotationStore, Sorted, Sorts};
use crate::model::*;
use crate::order::InOrder;

/// What the right column lists of the open article. The rows are made when they are drawn, since most of a long article's
/// are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists {
    of: Option<Listed>,
    sight: Sight,
    annotator: AnnotatorId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    article: Rc<Article>,
    outline: Rc<Outline>,
    store: AnnotationStore,
}

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListName {
    Claims,
    Todo,
    All,
}

/// A row of *speaker → claim → stances*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    pub id: AnnotationId,
    pub speaker: Rc<str>,
    pub quote: Rc<str>,
    /// In how many other claims its words lie: what A says that B says has 1.
    pub depth: usize,
    pub stances: Vec<(AnnotationId, Rc<str>, Option<Color>)>,
}

/// What is still to do on an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodoItem {
    pub id: AnnotationId,
    pub what: Vec<Rc<str>>,
    pub quote: Rc<str>,
}

/// Something that several annotations of a type lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    pub type_name: Rc<str>,
    pub color: Color,
    pub what: Rc<str>,
    pub count: usize,
    /// The first of them in reading order.
    pub first: AnnotationId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    pub id: AnnotationId,
    pub type_name: Rc<str>,
    pub color: Color,
    pub quote: Rc<str>,
    /// Whose, where it is not one's own.
    pub of: Option<Rc<str>>,
}

/// Rows of a list drawn around the focus: each edit may draw them anew, and more would cost more than anybody reads.
pub const PAGE_OF_ROWS: usize = 20;

/// Rows more that are drawn when somebody asks for them.
pub const MORE_ROWS: usize = 100;

impl Lists {
    /// The lists of no article.
    pub(super) fn none(annotator: AnnotatorId) -> Self {
        Self { of: None, sight: Sight::default(), annotator }
    }

    pub(super) fn of(state: &State) -> Self {
        let listed = || {
            let article = state.open_article()?;
            let outline = state.catalogue.outline(&article.id)?;
            Some(Listed { article: article.clone(), outline: outline.clone(), store: state.store.clone() })
        };
        Self { of: listed(), sight: state.sight(), annotator: state.annotator.clone() }
    }

    /// How many rows a list has; what is unfinished has one for each annotation that lacks something.
    pub fn len(&self, list: ListName) -> usize {
        let Some(listed) = &self.of else { return 0 };
        match list {
            ListName::Claims => self.shown(listed.outline.claims()).len(),
            ListName::All => self.shown(listed.outline.layers().ordered()).len(),
            ListName::Todo => listed.outline.unfinished(&self.annotator).len(),
        }
    }

    /// How many things are still to do.
    pub fn lacking(&self) -> usize {
        let unfinished = self.of.as_ref().map(|listed| listed.outline.unfinished(&self.annotator));
        unfinished.map_or(0, |unfinished| unfinished.iter().map(|of| of.gaps).sum())
    }

    /// The row at which an annotation stands, or would stand, if it were in the list.
    pub fn place(&self, list: ListName, id: &AnnotationId) -> Option<usize> {
        let listed = self.of.as_ref()?;
        let annotation = listed.outline.layers().find(id, &self.annotator)?;
        Some(match list {
            ListName::Claims => self.shown(listed.outline.claims()).rank(annotation),
            ListName::All => self.shown(listed.outline.layers().ordered()).rank(annotation),
            ListName::Todo => listed.outline.unfinished(&self.annotator).rank(|other| other.annotation.order(annotation)),
        })
    }

    pub fn claims(&self, rows: Range<usize>) -> Vec<ClaimRow> {
        let Some(Listed { article, outline, store }) = &self.of else { return Vec::new() };
        let row = |claim: &Rc<Annotation>| {
            let found = attribution(store, article, outline, claim, |annotation| self.is_shown(annotation));
            ClaimRow {
                id: claim.id.clone(),
                speaker: if found.speakers.is_empty() { "nobody yet".into() } else { found.speakers.join(", ").into() },
                quote: shortened(&quote(article, claim), 90),
                depth: outline
                    .claims()
                    .iter_before(outline.claims().rank(|other| other.order(claim)))
                    .filter(|other| bears(other, claim))
                    .count(),
                stances: found
                    .stances
                    .into_iter()
                    .map(|mark| {
                        let text =
                            format!("{}{}", mark.mark.map(|mark| format!("{mark} ")).unwrap_or_default(), shortened(&mark.quote, 32));
                        (mark.stance.id.clone(), text.into(), mark.color)
                    })
                    .collect(),
            }
        };
        self.shown(outline.claims()).rows(rows).into_iter().map(row).collect()
    }

    pub fn todo(&self, rows: Range<usize>) -> Vec<TodoItem> {
        let Some(Listed { article, outline, store }) = &self.of else { return Vec::new() };
        let unfinished = outline.unfinished(&self.annotator).iter_from(rows.start).take(rows.len());
        let item = |annotation: &Rc<Annotation>| {
            let gaps = outline.gaps(annotation);
            let what = gaps.iter().map(|gap| what_lacks(store.scheme(), annotation, gap).into());
            TodoItem { id: annotation.id.clone(), what: what.collect(), quote: shortened(&quote(article, annotation), 70) }
        };
        unfinished.map(|of| item(&of.annotation)).collect()
    }

    /// What is unfinished, by type and by what is lacking, in the order in which it is met first.
    pub fn lacking_by_kind(&self) -> Vec<Lacking> {
        let Some(Listed { outline, store, .. }) = &self.of else { return Vec::new() };
        let mut kinds: Vec<((&TypeId, Gap), Lacking)> = Vec::new();
        for Unfinished { annotation, .. } in outline.unfinished(&self.annotator) {
            for gap in outline.gaps(annotation) {
                let key = (&annotation.type_id, gap);
                if let Some((_, kind)) = kinds.iter_mut().find(|(other, _)| *other == key) {
                    kind.count += 1;
                    continue;
                }
                let of = store.scheme().type_of(&annotation.type_id);
                let kind = Lacking {
                    type_name: of.map_or_else(|| annotation.type_id.as_str().into(), |of| of.name.clone()),
                    color: of.map_or(Color::Gray, |of| of.color),
                    what: what_lacks(store.scheme(), annotation, &key.1).into(),
                    count: 1,
                    first: annotation.id.clone(),
                };
                kinds.push((key, kind));
            }
        }
        kinds.into_iter().map(|(_, kind)| kind).collect()
    }

    pub fn all(&self, rows: Range<usize>) -> Vec<ListItem> {
        let Some(Listed { article, outline, store }) = &self.of else { return Vec::new() };
        let item = |annotation: &Rc<Annotation>| {
            let of = store.scheme().type_of(&annotation.type_id);
            let other = annotation.annotator != self.annotator;
            ListItem {
                id: annotation.id.clone(),
                type_name: of.map_or_else(|| annotation.type_id.as_str().into(), |of| of.name.clone()),
                color: of.map_or(Color::Gray, |of| of.color),
                quote: shortened(&quote(article, annotation), 70),
                of: other.then(|| annotator_name(store, &self.annotator, &annotation.annotator).into()),
            }
        };
        self.shown(outline.layers().ordered()).rows(rows).into_iter().map(item).collect()
    }

    /// Entities mentioned, the most mentioned first, with how often.
    pub fn entities(&self) -> Vec<(EntityId, Rc<str>, usize)> {
        let Some(Listed { outline, store, .. }) = &self.of else { return Vec::new() };
        let mentions = outline.mentions(|annotator| self.sight.shows(annotator));
        let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
        for (entity, count) in mentions {
            *counts.entry(store.standing(entity)).or_default() += count;
        }
        let named = |(id, count): (EntityId, usize)| {
            let name = entity_name(store, &id).into();
            (id, name, count)
        };
        let mut entities: Vec<(EntityId, Rc<str>, usize)> = counts.into_iter().map(named).collect();
        entities.put_in_order_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
        entities
    }

    /// How many of one's own mentions could be tied to an entity and are not.
    pub fn untied(&self) -> usize {
        self.of.as_ref().and_then(|listed| listed.outline.untied(&self.annotator)).map_or(0, Sorted::len)
    }

    fn is_shown(&self, annotation: &Annotation) -> bool {
        self.sight.shows(&annotation.annotator)
    }

    fn shown<'a>(&self, list: &'a Sorted<Rc<Annotation>>) -> Shown<'a> {
        if self.sight.shows_all() {
            Shown::All(list)
        } else {
            Shown::Some(list.iter().filter(|annotation| self.is_shown(annotation)).collect())
        }
    }
}

/// What is shown of a list: only where something is hidden, each of its elements has to be looked at.
enum Shown<'a> {
    All(&'a Sorted<Rc<Annotation>>),
    Some(Vec<&'a Rc<Annotation>>),
}

impl<'a> Shown<'a> {
    fn len(&self) -> usize {
        match self {
            Self::All(list) => list.len(),
            Self::Some(list) => list.len(),
        }
    }

    fn rank(&self, annotation: &Rc<Annotation>) -> usize {
        match self {
            Self::All(list) => list.rank(|other| other.order(annotation)),
            Self::Some(list) => list.partition_point(|other| other.order(annotation).is_lt()),
        }
    }

    fn rows(self, rows: Range<usize>) -> Vec<&'a Rc<Annotation>> {
        match self {
            Self::All(list) => list.iter_from(rows.start).take(rows.len()).collect(),
            Self::Some(list) => list.into_iter().skip(rows.start).take(rows.len()).collect(),
        }
    }
}

pub(super) fn what_lacks(scheme: &Scheme, annotation: &Annotation, gap: &Gap) -> String {
    let of = scheme.type_of(&annotation.type_id);
    let role_name = |id: &RoleId| of.and_then(|of| of.role(id)).map_or_else(|| id.to_string(), |role| role.name.to_lowercase());
    match gap {
        Gap::Orphan => "Not in the text".to_owned(),
        Gap::Role(role) => format!("No {}", role_name(role)),
        Gap::MissingFiller(role) => format!("{} missing", capitalised(&role_name(role))),
        Gap::Attribute(id) => {
            format!("No {}", of.and_then(|of| of.attribute(id)).map_or_else(|| id.to_string(), |attribute| attribute.name.to_lowercase()))
        }
        Gap::Entity => "Nobody named".to_owned(),
        Gap::Conflict => "Two versions".to_owned(),
        Gap::Crossing => {
            let name = of.map_or_else(|| annotation.type_id.to_string(), |of| of.name.to_lowercase());
            format!("Overlaps another {name}")
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
