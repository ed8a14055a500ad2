//! From `model` to the file's types.

use std::rc::Rc;

use super::file;
use super::stamp::Stamps;
use super::words::{direction, entity_kind, meaning, origin_kind, status};
use crate::model::*;
use crate::text::{Offset, Stretch, Text, sha256_hex};

/// Code points of context kept before and after a span.
pub const CONTEXT: u32 = 32;

/// A record's content in the file's types; `text` is the article's, from which an annotation's words are taken.
pub fn version(content: &Content, text: Option<&Text>, stamps: Stamps) -> file::Version {
    match content {
        Content::Project(header) => file::Version::Project(project(header, stamps)),
        Content::Scheme(of) => file::Version::Scheme(scheme(of, stamps)),
        Content::Annotator(of) => file::Version::Annotator(annotator(of, stamps)),
        Content::Assignment(of) => file::Version::Assignment(assignment(of, stamps)),
        Content::Entity(of) => file::Version::Entity(entity(of, stamps)),
        Content::Article(of) => file::Version::Article(Box::new(article(of, stamps))),
        Content::Annotation(of) => file::Version::Annotation(Box::new(annotation(of, text, stamps))),
        Content::Progress(of) => file::Version::Progress(progress(of, stamps)),
    }
}

/// SHA-256 of a record's content, as 64 hex digits: of its compact JSON without times, version and an annotation's words.
pub fn fingerprint(content: &Content) -> String {
    sha256_hex(&json(&version(content, None, Stamps::default())))
}

/// As [`fingerprint`], of an annotation whose id is not known yet.
pub fn fingerprint_without_id(of: &Annotation) -> String {
    sha256_hex(&json(&file::Annotation { id: None, ..annotation(of, None, Stamps::default()) }))
}

pub fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("invariant: the file's types have string keys and can't fail")
}

/// A record's JSON without its kind.
pub fn record_json(version: &file::Version) -> String {
    match version {
        file::Version::Project(record) => json(record),
        file::Version::Scheme(record) => json(record),
        file::Version::Annotator(record) => json(record),
        file::Version::Assignment(record) => json(record),
        file::Version::Entity(record) => json(record),
        file::Version::Article(record) => json(record),
        file::Version::Annotation(record) => json(record),
        file::Version::Progress(record) => json(record),
    }
}

pub fn project(header: &ProjectHeader, stamps: Stamps) -> file::Project {
    file::Project {
        id: Some(header.id.as_str().into()),
        title: Some(header.title.clone()),
        description: header.description.clone(),
        guidelines: header.guidelines.clone(),
        others: (header.others != Others::default()).then(|| super::words::others(header.others).into()),
        created: stamps.created,
        modified: stamps.modified,
        version: stamps.version,
    }
}

pub fn scheme(scheme: &Scheme, stamps: Stamps) -> file::Scheme {
    file::Scheme {
        id: Some(scheme.id.as_str().into()),
        name: scheme.name.clone(),
        types: scheme.types.iter().map(annotation_type).collect(),
        created: stamps.created,
        modified: stamps.modified,
        version: stamps.version,
    }
}

fn annotation_type(of: &AnnotationType) -> file::Type {
    file::Type {
        id: of.id.as_str().into(),
        name: Some(of.name.clone()),
        means: of.means.map(|means| meaning(means).into()),
        color: Some(of.color.as_str().into()),
        line: Some(of.line.as_str().into()),
        fill: of.fill,
        key: of.key.map(character),
        description: of.description.clone(),
        entity: of.entity.is_possible(),
        entity_required: of.entity == Tie::Must,
        attributes: of.attributes.iter().map(attribute).collect(),
        roles: of.roles.iter().map(role).collect(),
    }
}

fn attribute(of: &Attribute) -> file::Attribute {
    let (kind, options) = match &of.kind {
        AttributeKind::Choice(options) => ("choice", Some(options.iter().map(option).collect())),
        AttributeKind::Text => ("text", None),
        AttributeKind::Number => ("number", None),
    };
    file::Attribute {
        id: of.id.as_str().into(),
        name: Some(of.name.clone()),
        kind: Some(kind.into()),
        required: of.required,
        options,
        description: of.description.clone(),
    }
}

fn option(of: &AttributeOption) -> file::AttributeOption {
    file::AttributeOption {
        id: of.id.as_str().into(),
        name: Some(of.name.clone()),
        key: of.key.map(character),
        color: of.color.map(|color| color.as_str().into()),
        mark: of.mark.map(character),
        description: of.description.clone(),
    }
}

fn role(of: &Role) -> file::Role {
    file::Role {
        id: of.id.as_str().into(),
        name: Some(of.name.clone()),
        means: of.means.map(|means| meaning(means).into()),
        accepts: of.accepts.iter().map(|accepted| accepted.as_str().into()).collect(),
        entities: of.entities,
        min: of.min,
        max: of.max,
        description: of.description.clone(),
    }
}

pub fn annotator(of: &Annotator, stamps: Stamps) -> file::Annotator {
    let Stamps { created, modified, version } = stamps;
    file::Annotator { id: of.id.as_str().into(), name: of.name.clone(), created, modified, version }
}

fn assignment(of: &Assignment, stamps: Stamps) -> file::Assignment {
    let Stamps { created, modified, version } = stamps;
    let (article, annotator) = (of.article.as_str().into(), of.annotator.as_str().into());
    file::Assignment { article, annotator, place: of.place, created, modified, version }
}

fn progress(of: &Progress, stamps: Stamps) -> file::Progress {
    let Stamps { created, modified, version } = stamps;
    file::Progress {
        article: of.article.as_str().into(),
        annotator: of.annotator.as_str().into(),
        status: status(of.status).into(),
        created,
        modified,
        version,
    }
}

fn entity(of: &Entity, stamps: Stamps) -> file::Entity {
    file::Entity {
        id: of.id.as_str().into(),
        name: Some(of.name.clone()),
        kind: Some(entity_kind(of.kind).into()),
        aliases: of.aliases.clone(),
        description: of.description.clone(),
        wikidata: of.wikidata.clone(),
        into: of.into.as_ref().map(|into| into.as_str().into()),
        created: stamps.created,
        modified: stamps.modified,
        version: stamps.version,
    }
}

fn article(of: &Article, stamps: Stamps) -> file::Article {
    let changes = of.normalization.iter().map(|change| file::Normalization { kind: change.kind.name().into(), count: change.count });
    let zones = of.zones.iter().map(|zone| file::Zone {
        kind: zone.kind.as_str().into(),
        start: zone.stretch.start().get(),
        end: zone.stretch.end().get(),
    });
    file::Article {
        id: of.id.as_str().into(),
        title: of.title.clone(),
        text: file::ArticleText::Here(of.text.as_str().into()),
        sha256: Some(of.sha256.clone()),
        language: of.language.clone(),
        direction: Some(direction(of.direction).into()),
        metadata: file::Metadata {
            publisher: of.metadata.publisher.clone(),
            author: of.metadata.author.clone(),
            url: of.metadata.url.clone(),
            published: of.metadata.published.clone(),
            license: of.metadata.license.clone(),
            credit: of.metadata.credit.clone(),
            extra: of.metadata.extra.clone(),
        },
        normalization: changes.collect(),
        zones: zones.collect(),
        created: stamps.created,
        modified: stamps.modified,
        version: stamps.version,
    }
}

pub fn annotation(of: &Annotation, text: Option<&Text>, stamps: Stamps) -> file::Annotation {
    let (fragments, orphaned, prefix, suffix): (Vec<_>, _, Rc<str>, Rc<str>) = match &of.anchor {
        Anchor::Placed(span) => {
            let fragments = span.fragments().iter().map(|fragment| file::Fragment {
                start: fragment.start().get(),
                end: fragment.end().get(),
                text: text.and_then(|text| text.slice(*fragment)).map(Into::into),
            });
            let (prefix, suffix) = text.map_or(("", ""), |text| context(text, span.hull()));
            (fragments.collect(), None, prefix.into(), suffix.into())
        }
        Anchor::Orphan(orphan) => {
            let lost =
                orphan.fragments.iter().map(|lost| file::Fragment { start: lost.start, end: lost.end, text: Some(lost.text.clone()) });
            (Vec::new(), Some(lost.collect()), orphan.prefix.clone(), orphan.suffix.clone())
        }
    };
    file::Annotation {
        id: Some(of.id.as_str().into()),
        article: of.article.as_str().into(),
        annotator: Some(of.annotator.as_str().into()),
        type_id: of.type_id.as_str().into(),
        fragments,
        orphaned,
        prefix,
        suffix,
        attributes: of.attributes.iter().map(|(id, value)| (id.as_str().into(), attribute_value(value))).collect(),
        roles: of.roles.iter().map(|(id, fillers)| (id.as_str().into(), fillers.iter().map(filler).collect())).collect(),
        entity: of.entity.as_ref().map(|entity| entity.as_str().into()),
        note: of.note.clone(),
        origin: file::Origin {
            kind: origin_kind(of.origin.kind).into(),
            format: of.origin.format.clone(),
            rule: of.origin.rule.clone(),
            confidence: of.origin.confidence,
        },
        created: stamps.created,
        modified: stamps.modified,
        version: stamps.version,
    }
}

/// What stands before and after; empty where the span lies past the text.
fn context(text: &Text, hull: Stretch) -> (&str, &str) {
    if hull.end() > text.len() || hull.start() == Offset::new(u32::MAX) {
        return ("", "");
    }
    (text.prefix(hull, CONTEXT), text.suffix(hull, CONTEXT))
}

fn attribute_value(value: &AttributeValue) -> file::Value {
    match value {
        AttributeValue::Text(text) => file::Value::Text(text.clone()),
        AttributeValue::Number(number) => file::Value::Number(number.clone()),
    }
}

fn filler(filler: &Filler) -> file::Filler {
    match filler {
        Filler::Annotation(id) => file::Filler { annotation: Some(id.as_str().into()), entity: None },
        Filler::Entity(id) => file::Filler { annotation: None, entity: Some(id.as_str().into()) },
    }
}

/// `key` is the record's, which a tombstone doesn't know itself.
pub fn tombstone(key: &RecordKey, stamps: Stamps) -> file::Tombstone {
    let id: Option<Rc<str>> = match key {
        RecordKey::Annotator(id) => Some(id.as_str().into()),
        RecordKey::Entity(id) => Some(id.as_str().into()),
        RecordKey::Article(id) => Some(id.as_str().into()),
        RecordKey::Annotation(_, _, id) => Some(id.as_str().into()),
        RecordKey::Project | RecordKey::Scheme | RecordKey::Assignment(..) | RecordKey::Progress(..) => None,
    };
    let (article, annotator): (Option<Rc<str>>, Option<Rc<str>>) = match key {
        RecordKey::Annotation(article, annotator, _)
        | RecordKey::Assignment(article, annotator)
        | RecordKey::Progress(article, annotator) => (Some(article.as_str().into()), Some(annotator.as_str().into())),
        RecordKey::Project | RecordKey::Scheme | RecordKey::Annotator(_) | RecordKey::Entity(_) | RecordKey::Article(_) => (None, None),
    };
    let Stamps { created, modified, version } = stamps;
    file::Tombstone { kind: key.kind().into(), id, article, annotator, created, modified, version }
}

fn character(character: char) -> Rc<str> {
    character.encode_utf8(&mut [0; 4]).into()
}
