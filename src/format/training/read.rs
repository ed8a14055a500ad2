//! From lines to what they say.

use std::collections::HashMap;
use std::rc::Rc;

use super::line::{Annotated, FORMAT, Line, NameValue, Place, Somebody, VERSION};
use crate::format::exchange::{Done, End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Piece, Source, Spot, Unit, lines};
use crate::model::Metadata;
use crate::text::{Stretch, Text};

/// Offsets count code points. Token numbers are not believed: they follow from the offsets.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files {
        for (spot, line) in lines::<Line>(file, "an article of training data") {
            let Some(line) = foreign.known(&spot, line) else { continue };
            if &*line.format != FORMAT {
                foreign.trouble(spot, format!("its format is “{}” instead of “{FORMAT}”", line.format), Done::Skipped);
            } else if line.version > VERSION {
                foreign.trouble(spot, format!("version {} is newer than this program reads ({VERSION})", line.version), Done::Skipped);
            } else {
                let text = text(spot, line, &mut foreign);
                foreign.texts.push(text);
            }
        }
    }
    foreign
}

fn text(spot: Spot, line: Line<'_>, foreign: &mut Foreign) -> ForeignText {
    let known: HashMap<&str, ForeignEntity> = line.entities.iter().map(|one| (&*one.id, somebody(one))).collect();
    let entity = |id: &str| {
        known.get(id).cloned().unwrap_or_else(|| {
            let id = Rc::<str>::from(id);
            ForeignEntity { name: id.clone(), wikidata: None, id: Some(id) }
        })
    };
    let mut links = Vec::new();
    let frames = spot.field("frames");
    for (n, frame) in line.frames.iter().enumerate() {
        let roles = frames.item(n).field("roles");
        let from = Rc::<str>::from(&*frame.span);
        for (k, filled) in frame.roles.iter().enumerate() {
            let spot = roles.item(k);
            let to = match (filled.span.is_empty(), filled.entity.is_empty()) {
                (false, _) => End::Span((&*filled.span).into()),
                (true, false) => End::Entity(entity(&filled.entity)),
                (true, true) => {
                    foreign.trouble(spot, "nothing fills the role", Done::Skipped);
                    continue;
                }
            };
            links.push(ForeignLink { spot, label: (&*filled.role).into(), from: from.clone(), to });
        }
    }
    let of = Text::new(&*line.text);
    let within = spot.field("spans");
    let spans = line.spans.iter().enumerate().map(|(n, span)| {
        let spot = within.item(n);
        ForeignSpan { entity: Some(&*span.entity).filter(|id| !id.is_empty()).map(entity), ..read_span(spot, span, &of) }
    });
    ForeignText {
        id: (&*line.id).into(),
        title: (&*line.title).into(),
        language: (&*line.language).into(),
        metadata: {
            let of = &line.metadata;
            Metadata {
                publisher: said(&of.publisher),
                author: said(&of.author),
                url: said(&of.url),
                published: said(&of.published),
                license: said(&of.license),
                credit: said(&of.credit),
                extra: pairs(&of.extra),
            }
        },
        unit: Unit::CodePoints,
        is_unit_sure: true,
        spans: spans.collect(),
        links,
        text: (&*line.text).into(),
        spot,
    }
}

/// An empty text says nothing.
fn said(text: &str) -> Option<Rc<str>> {
    Some(text).filter(|text| !text.is_empty()).map(Into::into)
}

fn pairs<C: FromIterator<(Rc<str>, Rc<str>)>>(of: &[NameValue<'_>]) -> C {
    of.iter().map(|one| ((&*one.name).into(), (&*one.value).into())).collect()
}

fn somebody(one: &Somebody<'_>) -> ForeignEntity {
    ForeignEntity { name: (&*one.name).into(), wikidata: said(&one.wikidata), id: Some((&*one.id).into()) }
}

fn read_span(spot: Spot, span: &Annotated<'_>, text: &Text) -> ForeignSpan {
    let whole = [Place { start: span.start, end: span.end }];
    let pieces = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
    let stands = |place: &Place| Stretch::of(place.start, place.end).and_then(|place| text.slice(place));
    // The words of several fragments are joined by “ … ”, which they may hold themselves: they are checked as a whole.
    let is_right = match pieces {
        [one] => stands(one).is_some_and(|words| *words == *span.text),
        several => several.iter().map(stands).collect::<Option<Vec<_>>>().is_some_and(|words| words.join(" … ") == span.text),
    };
    let quotes: Vec<Option<Rc<str>>> = match (is_right, pieces.len()) {
        (true, _) => pieces.iter().map(|piece| stands(piece).and_then(said)).collect(),
        (false, 1) => vec![said(&span.text)],
        (false, n) => {
            let parts: Vec<&str> = span.text.split(" … ").collect();
            (0..n).map(|k| parts.get(k).filter(|_| parts.len() == n).and_then(|part| said(part))).collect()
        }
    };
    let pieces = pieces.iter().zip(quotes);
    ForeignSpan {
        spot,
        id: (&*span.id).into(),
        label: (&*span.label).into(),
        pieces: pieces.map(|(place, quote)| Piece { start: place.start.into(), end: place.end.into(), quote }).collect(),
        attributes: pairs(&span.attributes),
        note: (&*span.note).into(),
        entity: None,
        annotator: said(&span.annotator),
    }
}
