//! From a project to lines.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::line::{Annotated, FORMAT, Filled, Frame, Line, Meta, NameValue, Place, Somebody, VERSION};
use crate::format::exchange::{Loss, Mark, Out, Sheet, Target, Tokens, Writer};
use crate::model::{Article, Entity, EntityId, OriginKind, Role};
use crate::text::Stretch;

/// Writes an article a line into one file.
pub struct Training;

impl Writer for Training {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        sheet.lose(&[Loss::Zone, Loss::EntityDetails], out);
        let line = serde_json::to_string(&line(sheet)).expect("invariant: its types can't fail");
        out.add("training.jsonl", &line);
        out.add("training.jsonl", "\n");
    }
}

/// An article's line.
fn line<'a>(sheet: &'a Sheet<'_>) -> Line<'a> {
    let article = sheet.article;
    let tokens = Tokens::of(article);
    let mut entities: BTreeMap<&EntityId, &Entity> = BTreeMap::new();
    for mark in &sheet.marks {
        let fillers = mark.roles.iter().filter_map(|(_, target)| match target {
            Target::Entity(entity) => Some(entity),
            Target::Mark(_) => None,
        });
        entities.extend(mark.entity.iter().chain(fillers).map(|entity| (&entity.id, &**entity)));
    }
    let somebody =
        |entity: &'a Entity| Somebody { id: entity.id.as_str().into(), name: (&*entity.name).into(), wikidata: said(&entity.wikidata) };
    Line {
        format: FORMAT.into(),
        version: VERSION,
        id: article.id.as_str().into(),
        title: (&*article.title).into(),
        text: article.text.as_str().into(),
        language: (&*article.language).into(),
        spans: sheet.marks.iter().map(|mark| annotated(mark, sheet, &tokens)).collect(),
        frames: sheet.marks.iter().filter(|mark| !mark.of.roles.is_empty()).map(|mark| frame(mark, sheet)).collect(),
        entities: entities.into_values().map(somebody).collect(),
        metadata: metadata(article),
        tokens: tokens.tokens.into_iter().map(place).collect(),
        sentences: tokens.sentences,
    }
}

fn place(stretch: Stretch) -> Place {
    Place { start: stretch.start().get(), end: stretch.end().get() }
}

fn annotated<'a>(mark: &'a Mark<'_>, sheet: &'a Sheet<'_>, tokens: &Tokens) -> Annotated<'a> {
    let covered = tokens.covered_by(mark.span);
    Annotated {
        id: (&*mark.id).into(),
        annotator: (&*mark.annotator).into(),
        label: mark.of.id.as_str().into(),
        start: mark.span.start().get(),
        end: mark.span.end().get(),
        text: match mark.span.fragments() {
            [one] => sheet.words(*one).into(),
            _ => mark.span.quote(&sheet.article.text).into(),
        },
        fragments: mark.span.fragments().iter().copied().map(place).collect(),
        token_start: covered.first().map_or(-1, |covered| covered.first as i64),
        token_end: covered.last().map_or(-1, |covered| covered.last as i64 + 1),
        attributes: mark.attributes.iter().map(|(of, value)| NameValue { name: of.id.as_str().into(), value: (&**value).into() }).collect(),
        entity: mark.entity.as_ref().map_or_else(Cow::default, |entity| entity.id.as_str().into()),
        note: (&*mark.annotation.note).into(),
        origin: match mark.annotation.origin.kind {
            OriginKind::Manual => "manual",
            OriginKind::Imported => "imported",
            OriginKind::Suggested => "suggested",
            OriginKind::Propagated => "propagated",
            OriginKind::Transferred => "transferred",
        }
        .into(),
    }
}

fn frame<'a>(mark: &'a Mark<'_>, sheet: &'a Sheet<'_>) -> Frame<'a> {
    let filled = |(role, target): &'a (&Role, Target)| {
        let (span, entity) = match target {
            Target::Mark(n) => (&*sheet.marks[*n].id, sheet.marks[*n].entity.as_ref()),
            Target::Entity(entity) => ("", Some(entity)),
        };
        Filled {
            role: role.id.as_str().into(),
            span: span.into(),
            entity: entity.map_or_else(Cow::default, |entity| entity.id.as_str().into()),
        }
    };
    Frame { span: (&*mark.id).into(), label: mark.of.id.as_str().into(), roles: mark.roles.iter().map(filled).collect() }
}

fn metadata(article: &Article) -> Meta<'_> {
    let of = &article.metadata;
    Meta {
        publisher: said(&of.publisher),
        author: said(&of.author),
        url: said(&of.url),
        published: said(&of.published),
        license: said(&of.license),
        credit: said(&of.credit),
        extra: of.extra.iter().map(|(name, value)| NameValue { name: (&**name).into(), value: (&**value).into() }).collect(),
    }
}

/// Empty where nothing is known.
fn said(text: &Option<Rc<str>>) -> Cow<'_, str> {
    text.as_deref().unwrap_or_default().into()
}
