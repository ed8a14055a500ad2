use std::collections::BTreeMap;

use super::fragments::anchor;
use super::{FILE_ANNOTATOR, Stage};
use crate::format::native::file::{self, Str, Value};
use crate::format::native::issue::{Outcome, Problem};
use crate::format::native::to_file::fingerprint_without_id;
use crate::format::native::{Place, words};
use crate::model::*;

/// Whether an annotation has a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No version: written by hand or by another program. What names no article or type here makes no sense.
    Written,
    /// A record of a project, which is never dropped: its article or type may arrive with another copy.
    Recorded,
}

impl Standing {
    fn outcome(self) -> Outcome {
        match self {
            Self::Written => Outcome::Skipped,
            Self::Recorded => Outcome::Kept,
        }
    }
}

pub fn annotation(stated: file::Annotation, standing: Standing, place: Place<'_>, stage: &mut Stage) -> Option<Annotation> {
    let id = match &stated.id {
        Some(id) => Some(stage.id(AnnotationId::new, id, place.field("id"))?),
        None => None,
    };
    let article = stage.id(ArticleId::new, &stated.article, place.field("article"))?;
    let annotator = stage.id(AnnotatorId::new, stated.annotator.as_deref().unwrap_or(FILE_ANNOTATOR), place.field("annotator"))?;
    let type_id = stage.id(TypeId::new, &stated.type_id, place.field("type"))?;
    if !stage.knows_article(&article) {
        stage.report.add(place.field("article"), Problem::UnknownArticle(article.to_string()), standing.outcome());
        if standing == Standing::Written {
            return None;
        }
    }
    if !stage.knows_annotator(&annotator) {
        stage.report.add(place.field("annotator"), Problem::UnknownAnnotator(annotator.to_string()), Outcome::Kept);
        // Once is enough.
        if let Some(known) = &mut stage.project {
            known.annotators.insert(annotator.clone());
        }
    }
    let scheme = stage.project.as_ref().and_then(|known| known.scheme.clone());
    let of = scheme.as_ref().and_then(|scheme| scheme.type_of(&type_id));
    if scheme.is_some() && of.is_none() {
        stage.report.add(place.field("type"), Problem::UnknownType(type_id.to_string()), standing.outcome());
        if standing == Standing::Written {
            return None;
        }
    }
    let text = stage.project.as_ref().and_then(|known| known.texts.get(&article)).cloned();
    let annotation = Annotation {
        // Until the content is known, from which a missing one is made.
        id: id.clone().unwrap_or_else(|| AnnotationId::new("f").expect("invariant: a letter is an id")),
        anchor: anchor(&stated, text.as_ref(), place, stage),
        attributes: attributes(stated.attributes, of, place.field("attributes"), stage),
        roles: roles(
            stated.roles,
            &Owner { article: &stated.article, annotator: annotator.as_str(), id: stated.id.as_deref(), of },
            place.field("roles"),
            stage,
        ),
        entity: entity(stated.entity, place.field("entity"), stage),
        note: stated.note,
        origin: origin(stated.origin, place.field("origin"), stage),
        article,
        annotator,
        type_id,
    };
    if id.is_some() {
        return Some(annotation);
    }
    let hash = fingerprint_without_id(&annotation);
    let id = AnnotationId::new(&format!("f-{}", hash.get(..16)?))?;
    Some(Annotation { id, ..annotation })
}

fn attributes(
    stated: BTreeMap<Str, Value>,
    of: Option<&AnnotationType>,
    place: Place<'_>,
    stage: &mut Stage,
) -> BTreeMap<AttributeId, AttributeValue> {
    let mut attributes = BTreeMap::new();
    for (name, value) in stated {
        let place = place.field(&name);
        let Some(id) = stage.id(AttributeId::new, &name, place) else { continue };
        let value = match value {
            Value::Text(text) => AttributeValue::Text(text),
            Value::Number(number) => AttributeValue::Number(number),
        };
        if let Some(of) = of {
            match of.attribute(&id) {
                None => stage.report.add(place, Problem::UnknownAttribute { of: of.id.to_string(), name: id.to_string() }, Outcome::Kept),
                Some(attribute) if !suits(attribute, &value) => {
                    let found = match &value {
                        AttributeValue::Text(text) => format!("“{text}”"),
                        AttributeValue::Number(number) => number.to_string(),
                    };
                    stage.report.add(place, Problem::UnknownValue { of: id.to_string(), found }, Outcome::Kept);
                }
                Some(_) => {}
            }
        }
        attributes.insert(id, value);
    }
    attributes
}

fn suits(attribute: &Attribute, value: &AttributeValue) -> bool {
    match (&attribute.kind, value) {
        (AttributeKind::Choice(options), AttributeValue::Text(chosen)) => options.iter().any(|option| option.id.as_str() == &**chosen),
        (AttributeKind::Text, AttributeValue::Text(_)) | (AttributeKind::Number, AttributeValue::Number(_)) => true,
        (AttributeKind::Choice(_) | AttributeKind::Text, AttributeValue::Number(_)) | (AttributeKind::Number, AttributeValue::Text(_)) => {
            false
        }
    }
}

/// The annotation whose roles are read, as its file names it.
struct Owner<'a> {
    article: &'a Str,
    annotator: &'a str,
    id: Option<&'a str>,
    of: Option<&'a AnnotationType>,
}

fn roles(
    stated: BTreeMap<Str, Vec<file::Filler>>,
    owner: &Owner<'_>,
    place: Place<'_>,
    stage: &mut Stage,
) -> BTreeMap<RoleId, Vec<Filler>> {
    let mut roles = BTreeMap::new();
    for (name, stated) in stated {
        let place = place.field(&name);
        let Some(id) = stage.id(RoleId::new, &name, place) else { continue };
        if let Some(of) = owner.of.filter(|of| of.role(&id).is_none()) {
            stage.report.add(place, Problem::UnknownRole { of: of.id.to_string(), name: id.to_string() }, Outcome::Kept);
        }
        let mut fillers: Vec<Filler> = Vec::with_capacity(stated.len());
        let mut seen = std::collections::HashSet::new();
        for (index, stated) in stated.iter().enumerate() {
            let place = place.item(index);
            let Some(filler) = filler(stated, owner, place, stage) else { continue };
            if seen.insert(filler.clone()) {
                fillers.push(filler);
            } else {
                stage.report.add(place, Problem::DuplicateFiller, Outcome::Skipped);
            }
        }
        if !fillers.is_empty() {
            roles.insert(id, fillers);
        }
    }
    roles
}

fn filler(stated: &file::Filler, owner: &Owner<'_>, place: Place<'_>, stage: &mut Stage) -> Option<Filler> {
    match (&stated.annotation, &stated.entity) {
        (Some(named), None) => {
            let place = place.field("annotation");
            let id = stage.id(AnnotationId::new, named, place)?;
            if owner.id == Some(id.as_str()) {
                stage.report.add(place, Problem::SelfRole, Outcome::Skipped);
                return None;
            }
            let there = |known: &super::Known| known.annotations.contains(&(owner.article.clone(), owner.annotator.into(), named.clone()));
            if !stage.project.as_ref().is_none_or(there) {
                stage.report.add(place, Problem::MissingFiller(id.to_string()), Outcome::Kept);
            }
            Some(Filler::Annotation(id))
        }
        (None, Some(named)) => {
            let id = entity(Some(named.clone()), place.field("entity"), stage)?;
            Some(Filler::Entity(id))
        }
        (Some(_), Some(_)) | (None, None) => {
            stage.report.add(place, Problem::BadFiller, Outcome::Skipped);
            None
        }
    }
}

fn entity(stated: Option<Str>, place: Place<'_>, stage: &mut Stage) -> Option<EntityId> {
    let id = stage.id(EntityId::new, &stated?, place)?;
    if !stage.knows_entity(&id) {
        stage.report.add(place, Problem::UnknownEntity(id.to_string()), Outcome::Kept);
    }
    Some(id)
}

fn origin(stated: file::Origin, place: Place<'_>, stage: &mut Stage) -> Origin {
    let kind =
        stage.word("kind of origin", words::parse_origin_kind, &Some(stated.kind), (OriginKind::Imported, "imported"), place.field("kind"));
    let confidence = stated.confidence.filter(|confidence| {
        let sound = *confidence <= 100;
        if !sound {
            stage.report.add(place.field("confidence"), Problem::BadConfidence(*confidence), Outcome::Skipped);
        }
        sound
    });
    Origin { kind, format: stated.format, rule: stated.rule, confidence }
}
