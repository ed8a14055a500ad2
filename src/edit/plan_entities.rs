//! The commands that change who is behind the mentions.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::plan::{Desk, change};
use super::{Edit, Refusal, Transaction};
use crate::model::*;

/// What is known of an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Portrait {
    pub name: String,
    pub kind: EntityKind,
    /// Other names; empty ones and doubles do not count.
    pub aliases: Vec<String>,
    pub description: String,
    /// Wikidata's id, or nothing.
    pub wikidata: String,
}

/// An annotation of the annotator's own, by its article.
pub type Mention = (ArticleId, AnnotationId);

pub(super) fn tied(desk: &Desk<'_>, id: &AnnotationId, entity: Option<&EntityId>) -> Result<Transaction, Refusal> {
    let annotation = tieable(desk, id)?;
    if entity.is_some_and(|entity| !desk.knows(entity)) {
        return Err(Refusal::UnknownEntity);
    }
    // What was merged into another is that other.
    let entity = entity.map(|entity| desk.store.standing(entity));
    desk.changed("tie to an entity", &annotation, Annotation { entity, ..(*annotation).clone() })
}

pub(super) fn made(desk: &Desk<'_>, id: &AnnotationId, name: &str, kind: EntityKind) -> Result<Transaction, Refusal> {
    let annotation = tieable(desk, id)?;
    let entity = newcomer(desk, name, kind)?;
    let tied = change(&annotation, Annotation { entity: Some(entity.id.clone()), ..(*annotation).clone() });
    desk.transaction("add an entity", [Edit::add(Content::Entity(Rc::new(entity)))].into_iter().chain(tied).collect())
}

/// An own annotation of a type that names somebody.
fn tieable(desk: &Desk<'_>, id: &AnnotationId) -> Result<Rc<Annotation>, Refusal> {
    let annotation = desk.own(id)?;
    let of = desk.type_of(&annotation.type_id)?;
    if of.entity.is_possible() { Ok(annotation) } else { Err(Refusal::NoEntity(of.name.to_lowercase())) }
}

fn newcomer(desk: &Desk<'_>, name: &str, kind: EntityKind) -> Result<Entity, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::NoName);
    }
    let id = EntityId::new(&desk.context.fresh.uuid(0)).expect("invariant: a UUID is an id");
    Ok(Entity { kind, ..Entity::named(id, name) })
}

/// Writes down what is known of an entity.
pub(super) fn described(desk: &Desk<'_>, id: &EntityId, portrait: &Portrait) -> Result<Transaction, Refusal> {
    let entity = known(desk, id)?;
    let (name, wikidata) = (portrait.name.trim(), portrait.wikidata.trim());
    if name.is_empty() {
        return Err(Refusal::NoName);
    }
    if !wikidata.is_empty() && !is_wikidata_id(wikidata) {
        return Err(Refusal::NotWikidata);
    }
    let after = Entity {
        name: name.into(),
        kind: portrait.kind,
        aliases: names(portrait.aliases.iter().map(String::as_str), name),
        description: portrait.description.trim().into(),
        wikidata: (!wikidata.is_empty()).then(|| wikidata.into()),
        ..(**entity).clone()
    };
    desk.transaction("describe an entity", changed(entity, after))
}

/// `from` becomes a name of `into`: no mention changes, all are `into`'s from now on, and parting the two brings them back.
pub(super) fn merged(desk: &Desk<'_>, from: &EntityId, into: &EntityId) -> Result<Transaction, Refusal> {
    let from = known(desk, from)?;
    let into = desk.store.standing(into);
    if from.id.is_author() {
        return Err(Refusal::AuthorStays);
    }
    if !desk.knows(&into) {
        return Err(Refusal::UnknownEntity);
    }
    if desk.store.standing(&from.id) == into {
        return Err(Refusal::NothingToDo);
    }
    let mut edits = changed(from, Entity { into: Some(into.clone()), ..(**from).clone() });
    // What it was called is found as the other from now on. The author has no names.
    if let Some(other) = desk.store.entity(&into).filter(|other| !other.id.is_author()) {
        let all = other.aliases.iter().chain([&from.name]).chain(&from.aliases).map(|name| &**name);
        edits.extend(changed(other, Entity { aliases: names(all, &other.name), ..(**other).clone() }));
    }
    desk.transaction("merge two entities", edits)
}

/// An entity that was merged stands for itself again, with every mention that was its own.
pub(super) fn parted(desk: &Desk<'_>, id: &EntityId) -> Result<Transaction, Refusal> {
    let entity = known(desk, id)?;
    desk.transaction("part two entities", changed(entity, Entity { into: None, ..(**entity).clone() }))
}

/// Some mentions turn out to be of somebody else.
pub(super) fn split(desk: &Desk<'_>, id: &EntityId, name: &str, mentions: &[Mention]) -> Result<Transaction, Refusal> {
    let (entity, standing) = (known(desk, id)?, desk.store.standing(id));
    let other = newcomer(desk, name, entity.kind)?;
    let mut edits = Vec::new();
    let mut seen = BTreeSet::new();
    for mention in mentions.iter().filter(|mention| seen.insert(*mention)) {
        let (article, annotation) = mention;
        let annotation = desk.store.annotation(article, &desk.context.annotator, annotation).ok_or(Refusal::UnknownAnnotation)?;
        if annotation.entity.as_ref().is_some_and(|entity| desk.store.standing(entity) == standing) {
            edits.extend(change(annotation, Annotation { entity: Some(other.id.clone()), ..(**annotation).clone() }));
        }
    }
    if edits.is_empty() {
        return Err(Refusal::NothingToDo);
    }
    edits.insert(0, Edit::add(Content::Entity(Rc::new(other))));
    desk.transaction("split an entity", edits)
}

fn known<'a>(desk: &'a Desk<'_>, id: &EntityId) -> Result<&'a Rc<Entity>, Refusal> {
    desk.store.entity(id).ok_or(Refusal::UnknownEntity)
}

fn changed(before: &Rc<Entity>, after: Entity) -> Vec<Edit> {
    Edit::change(Content::Entity(before.clone()), Content::Entity(Rc::new(after))).into_iter().collect()
}

/// Names that are something, each once and none of them `but`.
fn names<'a>(all: impl Iterator<Item = &'a str>, but: &str) -> Vec<Rc<str>> {
    let mut names: Vec<Rc<str>> = Vec::new();
    for name in all.map(str::trim) {
        if !name.is_empty() && name != but && !names.iter().any(|other| **other == *name) {
            names.push(name.into());
        }
    }
    names
}
