//! What of a project goes along.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::edit::AnnotationStore;
use crate::model::*;
use crate::order::Gather;

/// Which part of a project is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct What {
    pub articles: BTreeSet<ArticleId>,
    pub annotations: Whose,
}

/// Whose annotations go along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Nobodys,
    Of(AnnotatorId),
    Everybodys,
}

impl Whose {
    fn includes(&self, annotator: &AnnotatorId) -> bool {
        match self {
            Self::Nobodys => false,
            Self::Of(one) => one == annotator,
            Self::Everybodys => true,
        }
    }
}

/// What the project says of itself, its scheme, these articles with who is to work on them, and the annotations of those who are
/// asked for, with how far they are and the entities that they name.
///
/// Each record comes under its id, times and version, so that it merges with any other copy of the project. Only what stands is in
/// it: no tombstone, and of a conflict the version that is shown. So no copy loses anything by it, and none hears of a deletion.
pub fn handout(store: &AnnotationStore, what: &What) -> AnnotationStore {
    let goes = |key: &RecordKey| match key {
        RecordKey::Project | RecordKey::Scheme => true,
        RecordKey::Article(article) | RecordKey::Assignment(article, _) => what.articles.contains(article),
        RecordKey::Annotation(article, annotator, _) | RecordKey::Progress(article, annotator) => {
            what.articles.contains(article) && what.annotations.includes(annotator)
        }
        RecordKey::Annotator(_) | RecordKey::Entity(_) => false,
    };
    let mut records: Vec<(RecordKey, Rc<Record>)> = Vec::new();
    let mut people: BTreeSet<AnnotatorId> = BTreeSet::new();
    let mut entities: BTreeSet<EntityId> = BTreeSet::new();
    for (key, record) in store.all_records().filter(|(key, _)| goes(key)) {
        let Some(content) = &record.current.content else { continue };
        match content {
            Content::Annotation(annotation) => {
                people.insert(annotation.annotator.clone());
                entities.extend(named(annotation).cloned());
            }
            Content::Assignment(assignment) => drop(people.insert(assignment.annotator.clone())),
            Content::Progress(progress) => drop(people.insert(progress.annotator.clone())),
            Content::Project(_) | Content::Scheme(_) | Content::Annotator(_) | Content::Entity(_) | Content::Article(_) => {}
        }
        records.push((key, shown(record)));
    }
    let entities: BTreeSet<EntityId> = entities.iter().flat_map(|entity| with_those_it_became(store, entity)).gather();
    let others = people.into_iter().map(RecordKey::Annotator).chain(entities.into_iter().map(RecordKey::Entity));
    for key in others {
        if let Some(record) = store.record(&key).filter(|record| record.current.content.is_some()) {
            records.push((key, shown(record)));
        }
    }
    let header = (**store.header()).clone();
    let scheme = (**store.scheme()).clone();
    AnnotationStore::empty(header, scheme).merge(records).0.with_order(store.article_ids())
}

/// The record without the versions that are not shown.
fn shown(record: &Rc<Record>) -> Rc<Record> {
    if record.conflicts.is_empty() { record.clone() } else { Rc::new(Record::single(record.current.clone())) }
}

fn named(annotation: &Annotation) -> impl Iterator<Item = &EntityId> {
    let fillers = annotation.roles.values().flatten().filter_map(|filler| match filler {
        Filler::Entity(entity) => Some(entity),
        Filler::Annotation(_) => None,
    });
    annotation.entity.iter().chain(fillers)
}

/// The entity, what it was merged into, and so on.
fn with_those_it_became(store: &AnnotationStore, entity: &EntityId) -> Vec<EntityId> {
    let mut chain = vec![entity.clone()];
    while let Some(into) = chain.last().and_then(|last| store.entity(last)?.into.clone()) {
        if chain.contains(&into) {
            break;
        }
        chain.push(into);
    }
    chain
}
